import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { askByRunning, filesInCommit } from "../../../../src/editor/guard/runGit";

const PROGRAM = execFileSync("which", ["git"], { encoding: "utf8" }).trim();

/** A repository with one committed file whose configuration starts a program that leaves a mark. */
async function inHostileRepository(
  test: (scene: {
    readonly root: string;
    readonly file: string;
    readonly git: (...args: string[]) => string;
    readonly isMarked: () => Promise<boolean>;
  }) => Promise<void>,
): Promise<void> {
  const folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-git-")));
  const root = path.join(folder, "line\nbreak");
  const mark = path.join(folder, "mark");
  const script = path.join(folder, "script");
  const git = (...args: string[]) =>
    execFileSync(PROGRAM, ["-C", root, "-c", "user.name=t", "-c", "user.email=t@t.test", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  try {
    await fs.writeFile(script, `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
    await fs.mkdir(path.join(root, "a"), { recursive: true });
    await fs.mkdir(path.join(root, "b"));
    await fs.writeFile(path.join(root, "a/file"), "1");
    await fs.writeFile(path.join(root, "b/file"), "2");
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "c");
    for (const name of ["core.fsmonitor", "core.sshCommand", "core.pager", "core.askPass", "diff.external"])
      git("config", name, script);
    const isMarked = () =>
      fs.rm(mark).then(
        () => true,
        () => false,
      );
    await isMarked();
    await test({ root, file: path.join(root, "a/file"), git, isMarked });
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}

describe("a Git of our own", () => {
  const ask = askByRunning(PROGRAM);

  it("says where a file is and how it is treated, also below a name with a line break", () =>
    inHostileRepository(async ({ root, file }) => {
      const exclude = path.join(root, ".git/info/exclude");
      assert.deepEqual(await ask(file), {
        workTree: root,
        exclude,
        tracked: true,
        committed: true,
        ignored: false,
      });
      await fs.writeFile(exclude, "/a/new\n");
      await fs.writeFile(path.join(root, "a/new"), "");
      assert.deepEqual(await ask(path.join(root, "a/new")), {
        ...{ workTree: root, exclude, tracked: false, committed: false, ignored: true },
      });
    }));

  it("starts no monitor of the repository", () =>
    inHostileRepository(async ({ file, git, isMarked }) => {
      git("status");
      assert.ok(await isMarked(), "the repository starts its program when it is let");
      await ask(file);
      assert.equal(await isMarked(), false);
    }));

  it("knows nothing of a file outside of every work tree, or without a Git", async () => {
    assert.equal(await ask(path.join(os.tmpdir(), "file")), undefined);
    assert.equal(
      await askByRunning(path.join(os.tmpdir(), "no-git"))(path.join(os.tmpdir(), "file")),
      undefined,
    );
  });

  it("finds a text in the commit that is checked out, and starts nothing that the repository names", () =>
    inHostileRepository(async ({ root, file, git, isMarked }) => {
      const text = "sk-" + "ab12".repeat(4);
      await fs.writeFile(file, `key = "${text}"\n`);
      git("commit", "--quiet", "--all", "--message", "key");
      await fs.writeFile(file, "taken out, but not of the commit\n");
      await fs.writeFile(path.join(root, "b/file"), `not committed: ${text}\n`);
      await isMarked();
      assert.deepEqual(await filesInCommit(PROGRAM, root, text), { files: [file], isComplete: true });
      const foreign = await filesInCommit(PROGRAM, root, "sk-somebody else's");
      assert.deepEqual(foreign, { files: [], isComplete: true });
      assert.equal(await isMarked(), false);
    }));

  it("finds each of several texts", () =>
    inHostileRepository(async ({ root, file, git }) => {
      const [one, other] = ["sk-" + "ab12".repeat(4), "sk-" + "cd34".repeat(4)];
      await fs.writeFile(file, `key = "${one}"\n`);
      await fs.writeFile(path.join(root, "b/file"), other);
      git("commit", "--quiet", "--all", "--message", "keys");
      const both = await filesInCommit(PROGRAM, root, one, other);
      assert.deepEqual(both, { files: [file, path.join(root, "b/file")], isComplete: true });
      assert.deepEqual((await filesInCommit(PROGRAM, root, other)).files, [path.join(root, "b/file")]);
    }));

  it("finds a text in UTF-16, as PowerShell writes it", () =>
    inHostileRepository(async ({ root, file, git }) => {
      const text = "sk-" + "ab12".repeat(4);
      await fs.writeFile(file, Buffer.from(`\ufeffkey = ${text}\r\n`, "utf16le"));
      await fs.writeFile(path.join(root, "b/file"), Buffer.from(`\ufeff${text}`, "utf16le").swap16());
      git("commit", "--quiet", "--all", "--message", "key");
      assert.deepEqual(await filesInCommit(PROGRAM, root, text), {
        files: [file, path.join(root, "b/file")],
        isComplete: true,
      });
      // What a pattern would take for a sign of its own is none.
      assert.deepEqual((await filesInCommit(PROGRAM, root, "sk.ab12")).files, []);
    }));

  it("searches for the plain text where Git knows no Perl patterns", () =>
    inHostileRepository(async ({ root, file }) => {
      const program = path.join(path.dirname(root), "plain-git");
      const script = `#!/bin/sh\ncase "$*" in *" -P "*) exit 128;; esac\nexec '${PROGRAM}' "$@"\n`;
      await fs.writeFile(program, script, { mode: 0o755 });
      assert.deepEqual(await filesInCommit(program, root, "1"), { files: [file], isComplete: true });
    }));

  it("names the files as they are where somebody wants Git in colours", () =>
    inHostileRepository(async ({ root, file, git }) => {
      git("config", "color.ui", "always");
      assert.deepEqual(await filesInCommit(PROGRAM, root, "1"), { files: [file], isComplete: true });
    }));

  it("does not say that a text is nowhere when Git fails or cannot be started", async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-git-"));
    const unknown = { files: [], isComplete: false };
    assert.deepEqual(await filesInCommit(PROGRAM, folder, "x"), unknown);
    assert.deepEqual(await filesInCommit(path.join(folder, "no-git"), folder, "x"), unknown);
    await fs.rm(folder, { recursive: true });
  });

  it("keeps what Git had found when it was ended, without the name that was cut off", async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-git-"));
    const program = path.join(folder, "ended-git");
    await fs.writeFile(program, "#!/bin/sh\nprintf 'HEAD:one\\0HEAD:tw'\nkill -KILL $$\n", { mode: 0o755 });
    const search = await filesInCommit(program, folder, "x");
    assert.deepEqual(search, { files: [path.join(folder, "one")], isComplete: false });
    await fs.rm(folder, { recursive: true });
  });
});
