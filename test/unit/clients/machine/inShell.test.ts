import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { inShell } from "../../../../src/clients/machine/inShell";

describe("a program in a terminal", () => {
  it("gets its arguments as they are, and leaves the person's shell behind", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "in-shell-"));
    const script = (name: string, text: string) => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
      return file;
    };
    const program = script("the $(false) program", 'printf "<%s>" "$@"; exit 3');
    const SHELL = script("shell", "printf shell");
    const args = ["exec", "Say $HOME; `false` 'hello'."];
    const { shellPath, shellArgs } = inShell({ platform: "linux", variables: {} }, program, args);
    const output = execFileSync(shellPath, shellArgs as string[], { env: { SHELL }, encoding: "utf8" });
    assert.equal(output, `<${args[0]}><${args[1]}>shell`);
    fs.rmSync(folder, { recursive: true });
  });

  it("is a command line for the system's own interpreter on Windows", () => {
    const environment = { platform: "win32", variables: { SystemRoot: "D:\\Win" } } as const;
    assert.deepEqual(inShell(environment, "C:\\Program Files\\codex.cmd", ["exec", "Say hello."]), {
      shellPath: "D:\\Win\\System32\\cmd.exe",
      shellArgs: '/d /s /k ""C:\\Program Files\\codex.cmd" "exec" "Say hello.""',
    });
  });

  it("is run by PowerShell where it is a script of its", () => {
    const environment = { platform: "win32", variables: {} } as const;
    assert.deepEqual(inShell(environment, "C:\\Program Files\\codex.PS1", ["exec"]), {
      shellPath: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
      shellArgs: '-NoExit -ExecutionPolicy Bypass -File "C:\\Program Files\\codex.PS1" "exec"',
    });
  });
});
