import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { FileSystem } from "../../../../src/changes/disk/userFile";
import { programVersions } from "../../../../src/clients/machine/programVersions";

import { windowsFiles } from "../windowsFiles";

interface Scene {
  readonly root: string;
  /** Makes a program that says this version. @returns its directory */
  readonly program: (file: string, version: string) => Promise<string>;
  readonly versions: (
    directories: readonly string[],
    foreignFolders?: readonly string[],
  ) => Promise<string[]>;
}

async function scene(test: (scene: Scene) => Promise<void>): Promise<void> {
  const root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-programs-")));
  const program = async (name: string, version: string) => {
    const file = path.join(root, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    return path.dirname(file);
  };
  const versions = (directories: readonly string[], foreignFolders: readonly string[] = []) =>
    programVersions(
      {
        fs,
        variables: { PATH: [...directories, "/usr/bin", "/bin"].join(":") },
        homeDirectory: root,
        platform: "linux",
        configuredDirectory: { codex: "", opencode: "" },
        foreignFolders,
      },
      "tool",
    );
  try {
    await test({ root, program, versions });
  } finally {
    await fs.rm(root, { recursive: true });
  }
}

describe("the versions of a program", () => {
  it("come from every one on the PATH", () =>
    scene(async ({ program, versions }) => {
      const directories = [await program("a/tool", "1.2.3"), await program("b/tool", "2.0.0")];
      assert.deepEqual(await versions(directories), ["1.2.3", "2.0.0"]);
    }));

  it("are 0.0.0, which is none that exists, for a program that does not tell or cannot be started", () =>
    scene(async ({ root, program, versions }) => {
      const directories = [await program("a/tool", "built from source"), await program("b/tool", "")];
      const broken = await program("c/tool", "1.2.3");
      await fs.writeFile(path.join(broken, "tool"), `#!${root}/missing\n`);
      const silent = await program("d/tool", "1.2.3 >&2");
      assert.deepEqual(await versions([...directories, broken, silent, await program("e/tool", "1.2.3")]), [
        "0.0.0",
        "0.0.0",
        "0.0.0",
        "0.0.0",
        "1.2.3",
      ]);
    }));

  it("do not come from a relative entry, although it leads to a program", () =>
    scene(async ({ program, versions }) => {
      const directory = path.relative(process.cwd(), await program("a/tool", "1.2.3"));
      assert.deepEqual(await versions([directory, "", "."]), []);
    }));

  it("do not come from an open folder, whichever way the PATH leads there", () =>
    scene(async ({ root, program, versions }) => {
      const inside = await program("open/bin/tool", "6.6.6");
      const outside = await program("outside/tool", "1.2.3");
      await fs.symlink(inside, path.join(root, "way-in"));
      await fs.mkdir(path.join(root, "links"));
      await fs.symlink(path.join(inside, "tool"), path.join(root, "links/tool"));
      await fs.symlink(outside, path.join(root, "open/way-out"));
      await fs.symlink(path.join(root, "open"), path.join(root, "alias"));
      const paths = [
        inside,
        path.join(root, "way-in"),
        path.join(root, "links"),
        path.join(root, "open/way-out"),
      ];
      for (const open of ["open", "alias"])
        assert.deepEqual(await versions([...paths, outside], [path.join(root, open)]), ["1.2.3"]);
    }));

  it("come from a folder whose name only begins like that of an open one", () =>
    scene(async ({ root, program, versions }) => {
      const directory = await program("opened/tool", "1.2.3");
      assert.deepEqual(await versions([directory], [path.join(root, "open")]), ["1.2.3"]);
    }));

  it("let no other program be started from such a place", () =>
    scene(async ({ root, program, versions }) => {
      const helper = await program("open/helper", "6.6.6");
      const directory = await program("a/tool", "1.2.3; helper");
      await fs.writeFile(path.join(directory, "tool"), "#!/bin/sh\nhelper || echo 1.2.3\n");
      const relative = path.relative(directory, helper);
      assert.deepEqual(await versions([helper, relative, directory], [path.join(root, "open")]), ["1.2.3"]);
    }));

  it("of an npm package stand in it: nothing is started", () =>
    scene(async ({ root, program, versions }) => {
      const marker = path.join(root, "started");
      const bin = await program("lib/node_modules/@maker/tool/bin/tool.js", `9.9.9; touch ${marker}`);
      const manifest = { version: "1.2.3-beta.1", bin: { tool: "bin/tool.js" } };
      await fs.writeFile(path.join(bin, "../package.json"), JSON.stringify(manifest));
      await fs.mkdir(path.join(root, "bin"));
      await fs.symlink(path.join(bin, "tool.js"), path.join(root, "bin/tool"));
      assert.deepEqual(await versions([path.join(root, "bin")]), ["1.2.3"]);
      await assert.rejects(fs.stat(marker));
    }));

  it("do not come from the package of another program", () =>
    scene(async ({ program, versions }) => {
      const others = [
        { bin: { other: "x" } },
        { name: "other", bin: "x" },
        { name: "@tool/other", bin: "x" },
      ];
      for (const [index, manifest] of others.entries()) {
        const bin = await program(`project${index}/bin/tool`, "1.2.3");
        await fs.writeFile(
          path.join(bin, "../package.json"),
          JSON.stringify({ version: "7.7.7", ...manifest }),
        );
        assert.deepEqual(await versions([bin]), ["1.2.3"]);
      }
    }));

  it("come from a package with one program, which is called like it", () =>
    scene(async ({ program, versions }) => {
      const bin = await program("project/bin/tool", "1.2.3");
      const manifest = { name: "@maker/tool", version: "2.0.0", bin: "bin/tool" };
      await fs.writeFile(path.join(bin, "../package.json"), JSON.stringify(manifest));
      assert.deepEqual(await versions([bin]), ["2.0.0"]);
    }));

  it("are asked for with every folder moved away that a client makes at a start", () =>
    scene(async ({ root, program, versions }) => {
      const bin = await program("a/tool", "1.2.3");
      const folders = [
        "CODEX_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "TMPDIR",
      ];
      const made = folders.map((name) => `mkdir -p "$${name}/made" && echo "$${name}" >> ${root}/asked`);
      await fs.writeFile(path.join(bin, "tool"), `#!/bin/sh\n${made.join("\n")}\necho 1.2.3\n`);
      assert.deepEqual(await versions([bin]), ["1.2.3"]);
      const [folder, ...others] = (await fs.readFile(path.join(root, "asked"), "utf8")).trim().split("\n");
      assert.deepEqual([...new Set(others)], [folder]);
      assert.equal(others.length, folders.length - 1);
      await assert.rejects(fs.stat(folder!), "the folder is gone");
    }));

  it("are asked for once, also by two at a time, and again when the program is another file", () =>
    scene(async ({ root, program, versions }) => {
      const asked = path.join(root, "asked");
      const bin = await program("a/tool", `1.2.3; echo x >> ${asked}`);
      const times = async () => (await fs.readFile(asked, "utf8")).length / 2;
      assert.deepEqual(await Promise.all([versions([bin]), versions([bin])]), [["1.2.3"], ["1.2.3"]]);
      assert.deepEqual([await versions([bin]), await times()], [["1.2.3"], 1]);
      await program("a/tool", `1.2.40; echo x >> ${asked}`);
      assert.deepEqual([await versions([bin]), await times()], [["1.2.40"], 2]);
    }));

  it("are asked for again where the program did not tell: it may only have been too slow", () =>
    scene(async ({ root, program, versions }) => {
      const bin = await program("a/tool", `$(cat ${root}/version)`);
      assert.deepEqual(await versions([bin]), ["0.0.0"]);
      await fs.writeFile(path.join(root, "version"), "1.2.3");
      assert.deepEqual(await versions([bin]), ["1.2.3"]);
    }));

  it("are not asked for by every look where the program takes all the time that it has", () =>
    scene(async ({ root, program, versions }) => {
      const asked = path.join(root, "asked");
      const bin = await program("a/tool", `$(echo x >> ${asked}; exec sleep 60)`);
      assert.deepEqual([await versions([bin]), await versions([bin])], [["0.0.0"], ["0.0.0"]]);
      assert.equal(await fs.readFile(asked, "utf8"), "x\n");
    }));

  const INSTALLERS: Readonly<Record<string, (root: string, started: string) => Promise<unknown>>> = {
    "a link to a manager of versions, which would answer for itself": async (root, started) => {
      const manager = path.join(root, "manager");
      await fs.writeFile(manager, started, { mode: 0o755 });
      await fs.symlink(manager, path.join(root, "bin/tool"));
    },
    "a script that fetches it first": (root, started) =>
      fs.writeFile(path.join(root, "bin/tool"), `${started}: npx -y tool "$@"\n`, { mode: 0o755 }),
    "a shim of a manager of versions": (root, started) =>
      fs.writeFile(path.join(root, "bin/tool"), `${started}: exec asdf exec "tool" "$@"\n`, { mode: 0o755 }),
  };
  for (const [title, make] of Object.entries(INSTALLERS)) {
    it(`are not asked for where that may install something: ${title}`, () =>
      scene(async ({ root, versions }) => {
        await fs.mkdir(path.join(root, "bin"));
        await make(root, `#!/bin/sh\necho 2026.11.1; touch ${root}/started\n`);
        assert.deepEqual(await versions([path.join(root, "bin")]), ["0.0.0"]);
        await assert.rejects(fs.stat(path.join(root, "started")));
      }));
  }

  it("come from a script that starts it with a Node that such a manager has installed", () =>
    scene(async ({ root, program, versions }) => {
      const bin = await program("a/tool", "1.2.3");
      const text = `#!/bin/sh\nexport NODE_PATH="${root}/mise/installs/node"\necho 1.2.3\n`;
      await fs.writeFile(path.join(bin, "tool"), text);
      assert.deepEqual(await versions([bin]), ["1.2.3"]);
    }));

  it("come from a program that its makers named after the machine", () =>
    scene(async ({ root, program, versions }) => {
      await program("cask/tool-aarch64-apple-darwin", "1.2.3");
      await fs.mkdir(path.join(root, "bin"));
      await fs.symlink(path.join(root, "cask/tool-aarch64-apple-darwin"), path.join(root, "bin/tool"));
      assert.deepEqual(await versions([path.join(root, "bin")]), ["1.2.3"]);
    }));
});

/** What stands in a shim of today, as far as it matters; the first ones name the Node beside them too. */
const SHIMS: Readonly<Record<string, { readonly name: string; readonly text: string }>> = {
  "npm's": {
    name: "tool.cmd",
    text: [
      'IF EXIST "%dp0%\\node.exe" (SET "_prog=%dp0%\\node.exe") ELSE (SET "_prog=node")',
      '"%_prog%"  "%dp0%\\node_modules\\@maker\\tool\\bin\\tool.js" %*',
    ].join("\r\n"),
  },
  "npm's, in capitals": {
    name: "tool.CMD",
    text: '"%dp0%\\node_modules\\@maker\\tool\\bin\\tool.exe"   %*\r\n',
  },
  "an older npm's": {
    name: "tool.cmd",
    text: [
      '@IF EXIST "%~dp0\\node.exe" (',
      '  "%~dp0\\node.exe"  "%~dp0\\node_modules\\@maker\\tool\\bin\\tool.js" %*',
      ") ELSE (",
      '  node  "%~dp0\\node_modules\\@maker\\tool\\bin\\tool.js" %*',
      ")",
    ].join("\r\n"),
  },
  "pnpm's, with its whole path": {
    name: "tool.cmd",
    text: '@"%~dp0\\node.exe"  "C:\\bin\\node_modules\\@maker\\tool\\bin\\tool.js" %*\r\n',
  },
  "npm's for PowerShell": {
    name: "tool.ps1",
    text: '& "$basedir/node$exe"  "$basedir/node_modules/@maker/tool/bin/tool.js" $args\r\n',
  },
};

describe("the version of a program behind a shim of Windows", () => {
  for (const [whose, { name, text }] of Object.entries(SHIMS)) {
    it(`stands in its package, and nothing is started: ${whose}`, () =>
      scene(async ({ root }) => {
        const bin = path.join(root, "bin");
        await fs.mkdir(path.join(bin, "node_modules/@maker/tool/bin"), { recursive: true });
        await fs.writeFile(path.join(bin, name), text);
        const manifest = { version: "1.2.3", bin: { tool: "bin/tool.js" } };
        await fs.writeFile(path.join(bin, "node_modules/@maker/tool/package.json"), JSON.stringify(manifest));
        const realpath = async (file: string) =>
          file.toLowerCase() === `c:\\bin\\${name.toLowerCase()}`
            ? `C:\\bin\\${name}`
            : windowsFiles(root).realpath(file);
        const environment = {
          fs: { ...windowsFiles(root), realpath } as FileSystem,
          variables: { Path: '"C:\\bin"' },
          homeDirectory: "C:\\Users\\Ann",
          platform: "win32",
          configuredDirectory: {},
        } as const;
        assert.deepEqual(await programVersions(environment, "tool"), ["1.2.3"]);
      }));
  }
});
