import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import "../../../fakes/vscode";

const { askExtension, viewOf } = await import("../../../../src/editor/guard/gitRepository");
type Repository = Parameters<typeof viewOf>[0];
type Api = Parameters<typeof askExtension>[0];

const UNTRACKED = 7;
const MODIFIED = 5;
const change = (file: string, status = MODIFIED) => ({ uri: { fsPath: file }, status });

function repository(state: object, answers: object = {}): Repository {
  const nothing = { indexChanges: [], workingTreeChanges: [], untrackedChanges: [], HEAD: undefined };
  return { state: { ...nothing, ...state }, ...answers } as unknown as Repository;
}

describe("what VS Code's Git tells of a repository", () => {
  it("is each changed file once, with all that is true of it", () => {
    const { changes, head } = viewOf(
      repository({
        HEAD: { commit: "abc" },
        indexChanges: [change("/r/staged"), change("/r/both")],
        workingTreeChanges: [change("/r/both"), change("/r/changed"), change("/r/mixed", UNTRACKED)],
        untrackedChanges: [change("/r/new", UNTRACKED)],
      }),
    );
    assert.equal(head, "abc");
    const told = changes.map(({ path: file, ...flags }) => [
      file,
      Object.entries(flags)
        .filter(([, is]) => is)
        .map(([name]) => name)
        .join(" "),
    ]);
    assert.deepEqual(Object.fromEntries(told), {
      "/r/staged": "staged",
      "/r/both": "staged unstaged",
      "/r/changed": "unstaged",
      // With git.untrackedChanges at its default they are among the others.
      "/r/mixed": "unstaged untracked",
      "/r/new": "unstaged untracked",
    });
  });

  it("is a text of the index or the last commit, and nothing where that is too large or not there", async () => {
    const asked: string[] = [];
    const sizes: Record<string, number> = { "/r/small": 10, "/r/large": 1_000_001 };
    const { textIn } = viewOf(
      repository(
        {},
        {
          getObjectDetails: (_ref: string, file: string) => {
            const size = sizes[file];
            return size === undefined ? Promise.reject(new Error("no such file")) : Promise.resolve({ size });
          },
          show: (ref: string, file: string) => {
            asked.push(`${ref}:${file}`);
            return Promise.resolve("text");
          },
        },
      ),
    );
    assert.deepEqual(
      [await textIn("head", "/r/small"), await textIn("index", "/r/small"), await textIn("head", "/r/large")],
      ["text", "text", undefined],
    );
    assert.equal(await textIn("index", "/r/missing"), undefined);
    assert.deepEqual(asked, ["HEAD:/r/small", ":/r/small"]);
  });

  it("says of a file behind a link what it says of the file as the repository was opened", async () => {
    const folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "repository-")));
    await fs.mkdir(path.join(folder, "real"));
    await fs.symlink("real", path.join(folder, "opened"));
    const root = path.join(folder, "opened");
    const asked: string[] = [];
    const opened = {
      rootUri: { fsPath: root },
      getObjectDetails: (ref: string, file: string) => {
        asked.push(`${ref}:${file}`);
        return ref === "HEAD" ? Promise.reject(new Error("not in it")) : Promise.resolve({ size: 1 });
      },
      checkIgnore: (files: string[]) => Promise.resolve(new Set(files)),
    };
    const ask = askExtension({ getRepository: () => opened } as unknown as Api, fs);
    const { tracked, committed, ignored, workTree } = (await ask(path.join(folder, "real/auth.json"))) ?? {};
    await fs.rm(folder, { recursive: true });
    assert.deepEqual([tracked, committed, ignored], [true, false, true]);
    assert.equal(workTree, path.join(folder, "real"));
    assert.deepEqual(asked, [`:${root}/auth.json`, `HEAD:${root}/auth.json`]);
  });

  it("is nothing of a file in no repository that is open", async () => {
    const ask = askExtension({ getRepository: () => null } as unknown as Api, fs);
    assert.equal(await ask("/elsewhere/auth.json"), undefined);
  });

  it("is nothing of a file for which Git refuses to answer, such as one in what it calls a submodule", async () => {
    const refusing = {
      rootUri: { fsPath: os.tmpdir() },
      getObjectDetails: () => Promise.reject(new Error("not in it")),
      checkIgnore: () => Promise.reject(new Error("fatal: Pathspec is in submodule '.codex'")),
    };
    const ask = askExtension({ getRepository: () => refusing } as unknown as Api, fs);
    assert.equal(await ask(path.join(os.tmpdir(), ".codex/auth.json")), undefined);
  });
});
