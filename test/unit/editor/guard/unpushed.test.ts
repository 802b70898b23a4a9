import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { filesInCommit } from "../../../../src/editor/guard/runGit";
import { blobsWithKey, filesInUnpushed } from "../../../../src/editor/guard/unpushed";

const PROGRAM = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
const KEY = "sk-" + "ab12".repeat(16);

describe("what the next push would take along", () => {
  let folder: string;
  let root: string;
  beforeEach(async () => {
    folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-unpushed-")));
    root = path.join(folder, "clone");
    execFileSync(PROGRAM, ["init", "--quiet", "--bare", path.join(folder, "remote")]);
    execFileSync(PROGRAM, ["init", "--quiet", "--initial-branch=main", root]);
    git("remote", "add", "origin", path.join(folder, "remote"));
    await commit({ "a/old": "1" });
    git("push", "--quiet", "origin", "main");
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  function git(...args: string[]): void {
    const who = ["-c", "user.name=t", "-c", "user.email=t@t.test"];
    execFileSync(PROGRAM, ["-C", root, ...who, ...args], { stdio: "ignore" });
  }
  async function commit(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await fs.mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await fs.writeFile(path.join(root, name), content);
    }
    git("add", "--all");
    git("commit", "--quiet", "--message", "c");
  }
  const unlimited = new AbortController().signal;
  const found = (...apiKeys: string[]) => filesInUnpushed(PROGRAM, root, unlimited, ...apiKeys);
  const NOTHING = { files: [], isComplete: true };

  it("is nothing where all is pushed", async () => {
    assert.deepEqual(await found(KEY), NOTHING);
    git("commit", "--quiet", "--allow-empty", "--message", "empty");
    assert.deepEqual(await found(KEY), NOTHING);
  });

  it("is a key that a later commit took out again, which the commit that is checked out does not show", async () => {
    const name = "a/ein Schlüssel";
    await commit({ [name]: `key = "${KEY}"\n`, "a/other": "2" });
    await commit({ [name]: "taken out\n" });
    assert.deepEqual(await filesInCommit(PROGRAM, root, KEY), NOTHING);
    assert.deepEqual(await found(KEY), { files: [path.join(root, name)], isComplete: true });
    assert.deepEqual(await found("sk-" + "cd34".repeat(16)), NOTHING);
    git("push", "--quiet", "origin", "main");
    assert.deepEqual(await found(KEY), NOTHING, "it is too late then");
  });

  it("is a key on another branch, one in UTF-16, and one in a file that is gone", async () => {
    git("checkout", "--quiet", "-b", "other");
    await commit({ wide: Buffer.from(`\ufeffkey = ${KEY}\r\n`, "utf16le") });
    git("checkout", "--quiet", "main");
    await commit({ gone: KEY });
    git("rm", "--quiet", "gone");
    git("commit", "--quiet", "--message", "c");
    const { files, isComplete } = await found("sk-" + "cd34".repeat(16), KEY);
    assert.deepEqual(
      [[...files].sort(), isComplete],
      [[path.join(root, "gone"), path.join(root, "wide")], true],
    );
  });

  it("is all of a clone that never pushed anything, and nothing without a remote: there is no next push", async () => {
    await commit({ first: KEY });
    await commit({ first: "" });
    git("push", "--quiet", "origin", "main");
    git("update-ref", "-d", "refs/remotes/origin/main");
    assert.deepEqual(await found(KEY), { files: [path.join(root, "first")], isComplete: true });
    git("remote", "remove", "origin");
    assert.deepEqual(await found(KEY), NOTHING);
  });

  it("starts nothing that the repository names, and hands the key to no program by its arguments", async () => {
    await commit({ first: KEY });
    const mark = path.join(folder, "mark");
    const script = path.join(folder, "script");
    await fs.writeFile(script, `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
    for (const name of ["core.fsmonitor", "core.sshCommand", "core.pager", "core.askPass", "diff.external"])
      git("config", name, script);
    const spy = path.join(folder, "spy");
    await fs.writeFile(spy, `#!/bin/sh\necho "$@" >>'${spy}.args'\nexec '${PROGRAM}' "$@"\n`, {
      mode: 0o755,
    });
    const { files } = await filesInUnpushed(spy, root, unlimited, KEY);
    assert.deepEqual(files, [path.join(root, "first")]);
    await assert.rejects(fs.stat(mark));
    const seen = await fs.readFile(`${spy}.args`, "utf8");
    assert.ok(seen.includes("cat-file") && !seen.includes(KEY.slice(0, 12)));
  });

  it("does not say that a key is nowhere when Git fails, or when it was cut off", async () => {
    const unknown = { files: [], isComplete: false };
    assert.deepEqual(await filesInUnpushed(PROGRAM, folder, unlimited, KEY), unknown);
    assert.deepEqual(await filesInUnpushed(path.join(folder, "no-git"), root, unlimited, KEY), unknown);
    await commit({ first: KEY, second: "2" });
    const program = path.join(folder, "ended-git");
    const script = `#!/bin/sh\ncase "$*" in *cat-file*) '${PROGRAM}' "$@" | head -c 130; kill -KILL $$;; esac\nexec '${PROGRAM}' "$@"\n`;
    await fs.writeFile(program, script, { mode: 0o755 });
    assert.equal((await filesInUnpushed(program, root, unlimited, KEY)).isComplete, false);
  });

  it("is not known where the limit for all its questions ends, whichever of them is being asked", async () => {
    await commit({ first: KEY });
    for (const question of ["remote", "rev-list", "cat-file"]) {
      const asked = path.join(folder, `asked-${question}`);
      execFileSync("mkfifo", [asked]);
      const program = path.join(folder, `stuck-${question}`);
      const script = `#!/bin/sh\ncase " $* " in *" ${question} "*) echo >'${asked}'; exec tail -f /dev/null;; esac\nexec '${PROGRAM}' "$@"\n`;
      await fs.writeFile(program, script, { mode: 0o755 });
      const limit = new AbortController();
      const result = filesInUnpushed(program, root, limit.signal, KEY);
      await fs.readFile(asked);
      limit.abort();
      assert.deepEqual(await result, { files: [], isComplete: false }, question);
    }
  });

  it("is looked for while VS Code goes on: a search through many megabytes lets others in between", async () => {
    const blob = (id: string, text: string) => `${id} blob ${text.length}\n${text}\n`;
    const full = blob("a".repeat(40), ".".repeat(1_000_000)).repeat(10);
    const keys = Array.from({ length: 20 }, (_, index) => "sk-" + `${index + 10}cd`.repeat(16));
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns++;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const ids = await blobsWithKey(full + blob("b".repeat(40), KEY), [...keys, KEY]);
    isOver = true;
    assert.deepEqual(ids, ["b".repeat(40)]);
    assert.ok(turns >= 10, `${turns}`);
  });
});
