import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { diagnose } from "../../../../../src/doctor/diagnose";
import {
  type ChangedFile,
  KeySearch,
  type KeyPlace,
  type RepositoryView,
} from "../../../../../src/doctor/problems/secrets/keySearch";
import { placesOfKey } from "../../../../../src/doctor/problems/secrets/keyInText";
import type { Problem } from "../../../../../src/doctor/problem";
import { askByRunning } from "../../../../../src/editor/guard/runGit";
import { API_KEY, Machine, OTHER_KEY } from "../../machine";

/** The real Git. */
const askGit = askByRunning(execFileSync("which", ["git"], { encoding: "utf8" }).trim());

/** Runs the real Git. */
function git(directory: string, ...args: string[]): string {
  return execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.test", ...args], {
    cwd: directory,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** Says about a repository what VS Code's Git extension would say, from Git itself. */
function viewOf(root: string): RepositoryView & { readonly asked: string[] } {
  const asked: string[] = [];
  const absolute = (name: string) => path.join(root, name);
  const changes = git(root, "status", "--porcelain", "-uall", "--no-renames")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): ChangedFile => {
      const untracked = line.startsWith("??");
      const [index, workTree] = [line[0], line[1]];
      return {
        path: absolute(line.slice(3)),
        staged: !untracked && index !== " ",
        unstaged: untracked || workTree !== " ",
        untracked,
      };
    });
  return {
    asked,
    head: attempt(() => git(root, "rev-parse", "--verify", "HEAD").trim()),
    changes,
    changedBetween: (from, to) => {
      const names = git(root, "diff", "--name-only", from, to).split("\n");
      return Promise.resolve(names.filter((name) => name !== "").map(absolute));
    },
    textIn: (where, file) => {
      asked.push(`${where} ${path.relative(root, file)}`);
      const name = `${where === "head" ? "HEAD" : ""}:${path.relative(root, file)}`;
      return Promise.resolve(attempt(() => git(root, "show", name)));
    },
  };
}

function attempt(run: () => string): string | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

interface Scene {
  readonly machine: Machine;
  readonly search: KeySearch;
  readonly look: () => Promise<KeyPlace[]>;
  readonly write: (name: string, content: string | Uint8Array) => Promise<void>;
  readonly problems: () => Promise<Problem[]>;
  readonly commit: () => void;
}

/** A repository with one commit in which nothing is wrong. */
function inRepository(test: (scene: Scene) => Promise<void>): Promise<void> {
  return Machine.use({ files: { "a.txt": "one\n", ".gitignore": "/journal\n" }, askGit }, async (machine) => {
    git(machine.home, "init", "--quiet");
    const commit = () => {
      git(machine.home, "add", "--all");
      git(machine.home, "commit", "--quiet", "--message", "c");
    };
    commit();
    const search = new KeySearch(fs, API_KEY);
    const look = async () => {
      const places = await search.find(viewOf(machine.home));
      return places.map((place) => ({ ...place, path: path.relative(machine.home, place.path) }));
    };
    await look();
    await test({
      machine,
      search,
      look,
      commit,
      write: (name, content) => fs.writeFile(path.join(machine.home, name), content),
      problems: async () => {
        const found = diagnose(await machine.snapshot({ keyLeaks: await look() }));
        return found.filter(({ code }) => code.startsWith("secrets/"));
      },
    });
  });
}

const line = (key: string) => `const x = 1;\nconst key = "${key}";\n`;

describe("the key in a Git repository", () => {
  it("is not in a repository without changes, for which nothing is read", () =>
    inRepository(async ({ machine, search }) => {
      const view = viewOf(machine.home);
      assert.deepEqual(await search.find(view), []);
      assert.deepEqual(view.asked, []);
    }));

  it("is found untracked, changed, staged and committed", () =>
    inRepository(async ({ machine, look, write, commit }) => {
      await write("new.js", line(API_KEY));
      await write("a.txt", `one\n${API_KEY}\n`);
      assert.deepEqual(await look(), [
        { path: "a.txt", stage: "changed" },
        { path: "new.js", stage: "untracked" },
      ]);
      git(machine.home, "add", "--all");
      assert.deepEqual(await look(), [
        { path: "a.txt", stage: "staged" },
        { path: "new.js", stage: "staged" },
      ]);
      commit();
      assert.deepEqual(await look(), [
        { path: "a.txt", stage: "committed" },
        { path: "new.js", stage: "committed" },
      ]);
    }));

  it("is found in UTF-16, as PowerShell writes it", () =>
    inRepository(async ({ look, write, problems }) => {
      await write("out.txt", Buffer.from(`\ufeff${line(API_KEY)}`, "utf16le"));
      assert.deepEqual(await look(), [{ path: "out.txt", stage: "untracked" }]);
      assert.equal((await problems()).length, 1);
    }));

  it("is found staged although the file on disk no longer holds it", () =>
    inRepository(async ({ machine, look, write }) => {
      await write("a.txt", `one\n${API_KEY}\n`);
      git(machine.home, "add", "a.txt");
      await write("a.txt", "one\n");
      assert.deepEqual(await look(), [{ path: "a.txt", stage: "staged" }]);
    }));

  it("stays committed while only the file on disk has been cleaned, until a commit without it", () =>
    inRepository(async ({ look, write, commit }) => {
      await write("a.txt", `one\n${API_KEY}\n`);
      commit();
      await write("a.txt", "one\n");
      assert.deepEqual(await look(), [{ path: "a.txt", stage: "committed" }]);
      commit();
      assert.deepEqual(await look(), []);
    }));

  it("is found in the very first commit", () =>
    Machine.use({ files: { "a.txt": API_KEY } }, async (machine) => {
      git(machine.home, "init", "--quiet");
      const search = new KeySearch(fs, API_KEY);
      const stages = async () => (await search.find(viewOf(machine.home))).map(({ stage }) => stage);
      assert.deepEqual(await stages(), ["untracked"]);
      git(machine.home, "add", "a.txt");
      git(machine.home, "commit", "--quiet", "--message", "c");
      assert.deepEqual(await stages(), ["committed"]);
    }));

  it("counts from its first 20 characters on, and no other key does", () =>
    inRepository(async ({ look, write }) => {
      await write("cut", API_KEY.slice(0, 20));
      await write("shorter", API_KEY.slice(0, 19));
      await write("other", OTHER_KEY);
      assert.deepEqual(await look(), [{ path: "cut", stage: "untracked" }]);
    }));

  it("is not looked for in binary, huge and ignored files", () =>
    inRepository(async ({ look, write }) => {
      await write(".gitignore", "ignored\n");
      await write("ignored", API_KEY);
      await write("binary", Buffer.from(`\0${API_KEY}`));
      await write("huge", `${API_KEY}${" ".repeat(1_000_000)}`);
      assert.deepEqual(await look(), []);
    }));

  it("is found again in a file that is not encoded in UTF-8", () =>
    inRepository(async ({ look, write }) => {
      await write("latin1", Buffer.from(`\u00e4 ${API_KEY}`, "latin1"));
      assert.deepEqual(await look(), [{ path: "latin1", stage: "untracked" }]);
    }));
});

describe("secrets/key-in-changes", () => {
  it("marks the key in a new file, and excludes the file from Git; the undo takes that back", () =>
    inRepository(async ({ machine, write, problems }) => {
      await write("new.js", line(API_KEY));
      const [found, ...others] = await problems();
      assert.deepEqual(others, []);
      assert.equal(found?.code, "secrets/key-in-changes");
      assert.equal(found.severity, "warning");
      assert.equal(found.path, path.join(machine.home, "new.js"));
      assert.deepEqual(found.range, { line: 1, column: 13, endLine: 1, endColumn: 13 + API_KEY.length });
      assert.ok(found.fix);
      const before = await machine.allFiles();
      await machine.applyAndUndo(found.fix(), async () => {
        assert.deepEqual(await problems(), []);
        assert.match(await machine.read(".git/info/exclude"), /^\/new\.js$/m);
      });
      assert.equal((await machine.allFiles()).get(".git/info/exclude"), before.get(".git/info/exclude"));
      assert.deepEqual((await problems()).length, 1);
    }));

  it("puts a variable in place of every key in a changed file, and nothing else", () =>
    inRepository(async ({ machine, write, problems }) => {
      const text = (key: string, cut: string) => `\ufeffone\r\n"${key}" ä\r\n${cut}`;
      await write("a.txt", text(API_KEY, API_KEY.slice(0, 30)));
      await fs.chmod(path.join(machine.home, "a.txt"), 0o755);
      const [found] = await problems();
      assert.equal(found?.range?.line, 1);
      assert.ok(found.fix);
      await machine.applyAndUndo(found.fix(), async () => {
        const variable = "${TOKENPOOL_API_KEY}";
        assert.equal(await machine.read("a.txt"), text(variable, variable));
        assert.equal((await fs.stat(path.join(machine.home, "a.txt"))).mode & 0o777, 0o755);
        assert.deepEqual(await problems(), []);
      });
      assert.equal(await machine.read("a.txt"), text(API_KEY, API_KEY.slice(0, 30)));
    }));

  it("uses OpenCode's own way to name a variable in its file", () =>
    inRepository(async ({ machine, write, problems, commit }) => {
      await write("opencode.json", "{}");
      commit();
      await write("opencode.json", `{"x":"${API_KEY}"}`);
      const [found] = await problems();
      assert.ok(found?.fix);
      await machine.apply(found.fix());
      assert.equal(await machine.read("opencode.json"), '{"x":"{env:TOKENPOOL_API_KEY}"}');
    }));

  it("is an error once it is staged, and asks to unstage it", () =>
    inRepository(async ({ machine, write, problems }) => {
      await write("new.js", line(API_KEY));
      git(machine.home, "add", "new.js");
      const [found] = await problems();
      assert.deepEqual(
        [found?.code, found?.severity, found?.action, found?.fix, found?.range?.line],
        ["secrets/key-in-changes", "error", "unstageKey", undefined, 1],
      );
    }));

  it("never shows a part of the key", () =>
    inRepository(async ({ write, problems }) => {
      await write("new.js", line(API_KEY));
      await write("a.txt", API_KEY);
      const found = await problems();
      assert.equal(found.length, 2);
      const shown = JSON.stringify([found, found.map(({ fix }) => fix?.().title)]);
      assert.ok(!shown.includes(API_KEY.slice(0, 12)));
    }));
});

describe("secrets/key-committed", () => {
  it("leads to another key, and says that the history keeps this one", () =>
    inRepository(async ({ write, commit, problems }) => {
      await write("new.js", line(API_KEY));
      await problems();
      commit();
      const [found] = await problems();
      assert.equal(found?.code, "secrets/key-committed");
      assert.equal(found.severity, "error");
      assert.equal(found.fix, undefined);
      assert.equal(found.range?.line, 1);
      assert.match(found.message, /Replace it and delete it in the console/);
      assert.equal(found.action, "replaceApiKey");
    }));
});

describe("places of a key in a text", () => {
  it("reach as far as the text follows the key", () => {
    const cut = API_KEY.slice(0, 30);
    assert.deepEqual(placesOfKey(`${cut} ${API_KEY}`, API_KEY), [
      [0, 30],
      [31, 31 + API_KEY.length],
    ]);
    assert.deepEqual(placesOfKey("", API_KEY), []);
  });
});
