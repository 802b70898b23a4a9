import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { askFirst } from "../../../src/clients/startCheck";
import { programVersions } from "../../../src/clients/machine/programVersions";
import { askByRunning } from "../../../src/editor/guard/runGit";
import { WindowsHome } from "./windowsHome";

const SYSTEM = { SystemRoot: process.env.SystemRoot, ComSpec: process.env.ComSpec };

describe("programs", () => {
  let machine: WindowsHome;
  beforeEach(async () => (machine = await WindowsHome.fresh("C:\\Users\\programs")));

  const versions = (Path: string) => {
    machine.variables = { ...SYSTEM, Path };
    return programVersions(machine.environment, "codex");
  };

  for (const [name, folder] of [
    ["codex.cmd", "npm global"],
    ["codex.CMD", "a & b"],
    ["codex.cmd", "100 %TEMP%"],
    ["codex.cmd", "semi;colon"],
    ["codex.cmd", "(x86) ^caret!"],
  ] as const) {
    it(`are asked where they are a script: ${folder}\\${name}`, async () => {
      await machine.write(`${folder}\\${name}`, "@echo codex-cli 0.169.0\r\n");
      assert.deepEqual(await versions(`"${path.join(machine.home, folder)}"`), ["0.169.0"]);
    });
  }

  it("are never those of the current folder, whatever lies in it", async () => {
    const planted = path.join(machine.home, "open");
    const marker = path.join(machine.home, "started");
    for (const name of ["git", "codex", "opencode", "wsl", "cmd", "node"]) {
      await fs.mkdir(planted, { recursive: true });
      await fs.writeFile(path.join(planted, `${name}.cmd`), `@echo started > "${marker}"\r\n@echo 6.6.6\r\n`);
      // A program that cannot be started as one: who tries makes the test fail by its answer.
      await fs.copyFile(process.execPath, path.join(planted, `${name}.exe`)).catch(() => undefined);
    }
    const before = process.cwd();
    process.chdir(planted);
    try {
      for (const Path of ["", ".", "C:", "open", `.;${process.env.SystemRoot ?? ""}\\System32`]) {
        assert.deepEqual(await versions(Path), [], Path);
        const question = { args: ["--version"], variables: { CODEX_HOME: planted } };
        assert.equal(await askFirst(machine.environment, "codex", question), undefined);
      }
      assert.equal(await askByRunning("C:\\nowhere\\git.exe")(path.join(planted, "git.cmd")), undefined);
    } finally {
      process.chdir(before);
    }
    await assert.rejects(fs.stat(marker));
  });
});
