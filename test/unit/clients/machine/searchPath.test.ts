import assert from "node:assert/strict";
import type { ClientEnvironment } from "../../../../src/clients/client";
import {
  firstProgram,
  isTrustedProgram,
  programsIn,
  trustedPath,
  variablesFor,
} from "../../../../src/clients/machine/searchPath";
import { MemoryFileSystem } from "../../changes/memoryFileSystem";
import { systemError } from "../../changes/temporaryStore";

describe("the search path", () => {
  let memory: MemoryFileSystem;
  beforeEach(() => {
    memory = new MemoryFileSystem();
    memory.write("/usr/bin/codex", "");
    memory.write("/opt/bin/codex", "");
    memory.write("/project/bin/codex", "");
  });

  const environment = (more: Partial<ClientEnvironment> = {}): ClientEnvironment => ({
    fs: memory.fs,
    variables: {},
    homeDirectory: "/home/annette",
    platform: "linux",
    configuredDirectory: { codex: "", opencode: "" },
    foreignFolders: ["/project"],
    ...more,
  });

  const pathOf = (PATH: string) => trustedPath(environment({ variables: { PATH } }));

  it("keeps its order, and each directory once", async () => {
    assert.deepEqual(await pathOf("/usr/bin:/opt/bin:/usr/bin"), ["/usr/bin", "/opt/bin"]);
  });

  it("is the variable of exactly this name, but on Windows of any capitals", async () => {
    const variables = { Path: "/opt/bin", PATH: "/usr/bin" };
    assert.deepEqual(await trustedPath(environment({ variables })), ["/usr/bin"]);
    assert.deepEqual(await trustedPath(environment({ variables: { Path: "/opt/bin" } })), []);
    const windows = { platform: "win32", variables: { path: "C:\\bin" } } as const;
    assert.deepEqual(await trustedPath(environment(windows)), ["C:\\bin"]);
  });

  it("leaves out what is relative or inside a folder that is open", async () => {
    assert.deepEqual(await pathOf("bin:.::/project/bin:/project:/project2:/usr/bin"), [
      "/project2",
      "/usr/bin",
    ]);
  });

  it("leaves out what leads into a folder that is open by a link, and what is below a link to it", async () => {
    memory.link("/tools", "/project/bin");
    memory.link("/opened", "/project");
    assert.deepEqual(await pathOf("/tools:/usr/bin"), ["/usr/bin"]);
    const opened = environment({ foreignFolders: ["/opened"] });
    assert.equal(await isTrustedProgram(opened, "/project/bin/codex"), false);
    assert.equal(await isTrustedProgram(opened, "/opened/bin/codex"), false);
  });

  it("trusts all that is absolute while no folder is open", async () => {
    const closed = environment({ foreignFolders: [] });
    assert.equal(await isTrustedProgram(closed, "/project/bin/codex"), true);
    assert.equal(await isTrustedProgram(closed, "codex"), false);
  });

  it("names the program that a terminal would start as the PATH names it, and none that an open folder chose", async () => {
    const first = (PATH: string) => firstProgram(environment({ variables: { PATH } }), "codex");
    for (const folder of ["/usr", "/opt", "/project"]) memory.write(`${folder}/bin/codex`, "", 0o755);
    memory.link("/shims/codex", "/opt/bin/codex");
    memory.link("/tools/codex", "/project/bin/codex");
    assert.equal(await first("/project/bin:/tools:/shims:/usr/bin"), "/shims/codex");
    memory.write("/opt/bin/codex", "", 0o644);
    assert.equal(await first("/shims:/usr/bin"), "/usr/bin/codex", "what cannot be started is passed over");
    assert.equal(await first("/project/bin:/nowhere"), undefined);
  });

  it("is empty where there is none", async () => {
    assert.deepEqual(await trustedPath(environment()), []);
  });

  it("is found under the name that Windows gives it, and no other", async () => {
    const variables = { MYPATH: "C:\\wrong", PATHEXT: ".EXE", Path: "C:\\one;D:\\two" };
    const windows = environment({ platform: "win32", variables, foreignFolders: [] });
    assert.deepEqual(await trustedPath(windows), ["C:\\one", "D:\\two"]);
  });

  it("may have quotes on Windows, also around the character that divides it", async () => {
    const variables = { Path: '"C:\\Program Files\\npm";"D:\\a;b";;E:\\plain;"C:\\open' };
    const windows = environment({ platform: "win32", variables, foreignFolders: [] });
    assert.deepEqual(await trustedPath(windows), [
      "C:\\Program Files\\npm",
      "D:\\a;b",
      "E:\\plain",
      "C:\\open",
    ]);
  });

  it("leaves out on Windows what means the current folder or drive, and what lies in a folder that is open, in any spelling", async () => {
    const entries = [
      ".",
      "bin",
      "C:",
      "C:bin",
      "\\tools",
      "%NPM%",
      "c:\\Work\\bin",
      "\\\\?\\C:\\WORK\\bin",
      "C:/work",
      "C:\\workshop",
    ];
    const variables = { Path: entries.join(";") };
    const windows = environment({ platform: "win32", variables, foreignFolders: ["C:\\work"] });
    assert.deepEqual(await trustedPath(windows), ["C:\\workshop"]);
  });

  describe("leads to programs", () => {
    it("by their real paths, each once, in its order", async () => {
      memory.link("/home/annette/bin/codex", "/usr/bin/codex");
      const directories = ["/opt/bin", "/home/annette/bin", "/usr/bin", "/none"];
      assert.deepEqual(await programsIn(environment(), directories, "codex"), [
        "/opt/bin/codex",
        "/usr/bin/codex",
      ]);
    });

    it("but to none in a folder that is open", async () => {
      memory.link("/home/annette/bin/codex", "/project/bin/codex");
      assert.deepEqual(await programsIn(environment(), ["/home/annette/bin"], "codex"), []);
    });

    it("with the endings of Windows there, an .exe first", async () => {
      const asked: string[] = [];
      const realpath = (file: string) => {
        asked.push(file);
        return Promise.resolve(file);
      };
      const fs = { realpath } as unknown as ClientEnvironment["fs"];
      const windows = environment({ platform: "win32", fs, foreignFolders: [] });
      const found = await programsIn(windows, ["C:\\one"], "codex");
      assert.deepEqual(found, ["C:\\one\\codex.exe", "C:\\one\\codex.cmd"]);
      assert.ok(!asked.includes("C:\\one\\codex"));
    });
  });

  describe("leads on Windows to", () => {
    const BIN = "C:\\bin";
    /** What is there, and what the system says where a file is one that it only starts. */
    const windows = (there: Readonly<Record<string, "EACCES" | "file">>) => {
      const ask = <T>(file: string, answer: T) => {
        const found = there[file.slice(BIN.length + 1)];
        return found === "file" ? Promise.resolve(answer) : Promise.reject(systemError(found ?? "ENOENT"));
      };
      const fs = {
        realpath: (file: string) => ask(file, file),
        stat: (file: string) => ask(file, { isFile: () => true }),
      } as unknown as ClientEnvironment["fs"];
      return environment({ platform: "win32", fs, variables: { Path: BIN }, foreignFolders: [] });
    };
    const namesIn = async (there: Readonly<Record<string, "EACCES" | "file">>, program = "codex") =>
      (await programsIn(windows(there), [BIN], program)).map((file) => file.slice(BIN.length + 1));

    it("a script for PowerShell where no other shim is beside it", async () => {
      assert.deepEqual(await namesIn({ "codex.ps1": "file" }), ["codex.ps1"]);
      assert.deepEqual(await namesIn({ "codex.cmd": "file", "codex.ps1": "file" }), ["codex.cmd"]);
    });

    it("what the Store installed, which can only be started", async () => {
      const alias = { "codex.exe": "EACCES" } as const;
      assert.deepEqual(await namesIn(alias), ["codex.exe"]);
      assert.equal(await firstProgram(windows(alias), "codex"), `${BIN}\\codex.exe`);
    });

    it("a program that was named with its ending", async () =>
      assert.deepEqual(await namesIn({ "git.exe": "file" }, "git.exe"), ["git.exe"]));

    it("nothing that has no ending, which only shells of Unix start", async () =>
      assert.deepEqual(await namesIn({ codex: "file" }), []));
  });

  it("is the only one that a started program gets, besides the other variables", () => {
    const variables = { Path: "/project/bin", PATHEXT: ".EXE", MYPATH: "x", HOME: "/home/annette" };
    assert.deepEqual(variablesFor(environment({ variables }), ["/usr/bin", "/opt/bin"]), {
      PATHEXT: ".EXE",
      MYPATH: "x",
      HOME: "/home/annette",
      PATH: "/usr/bin:/opt/bin",
      NoDefaultCurrentDirectoryInExePath: "1",
    });
    const { PATH } = variablesFor(environment({ platform: "win32" }), ["C:\\one", "D:\\two"]);
    assert.equal(PATH, "C:\\one;D:\\two");
  });
});
