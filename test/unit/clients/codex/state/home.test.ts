import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { ClientEnvironment } from "../../../../../src/clients/client";
import {
  type CodexHome,
  locateCodexHome,
  WSL_HOME_SCRIPT,
} from "../../../../../src/clients/codex/state/home";
import { MemoryFileSystem } from "../../../changes/memoryFileSystem";

const WSL_HOME = "\\\\wsl.localhost\\Debian\\home\\ann\\.codex";

interface Place {
  readonly platform: NodeJS.Platform;
  readonly variables?: Readonly<Record<string, string>>;
  /** The setting `tokenpool.codex.home`. */
  readonly setting?: string;
  /** What WSL prints; null: nothing answers. */
  readonly wsl?: string | null;
  readonly files?: readonly string[];
  readonly expected: CodexHome;
}

const PLACES: Readonly<Record<string, Place>> = {
  Linux: { platform: "linux", expected: { home: "/home/ann/.codex", mustExist: false } },
  macOS: { platform: "darwin", expected: { home: "/Users/ann/.codex", mustExist: false } },
  Windows: { platform: "win32", expected: { home: "C:\\Users\\ann\\.codex", mustExist: false } },
  CODEX_HOME: {
    platform: "linux",
    variables: { CODEX_HOME: "/srv/codex/" },
    expected: { home: "/srv/codex/", mustExist: true, usualHome: "/home/ann/.codex" },
  },
  "an empty CODEX_HOME": {
    platform: "linux",
    variables: { CODEX_HOME: "" },
    expected: { home: "/home/ann/.codex", mustExist: false },
  },
  "CODEX_HOME on Windows": {
    platform: "win32",
    variables: { CODEX_HOME: "D:/codex" },
    expected: { home: "D:\\codex", mustExist: true, usualHome: "C:\\Users\\ann\\.codex" },
  },
  "the setting before CODEX_HOME": {
    platform: "darwin",
    variables: { CODEX_HOME: "/srv/codex" },
    setting: "~/tools/codex",
    expected: { home: "/Users/ann/tools/codex", mustExist: true },
  },
  "the setting on Windows": {
    platform: "win32",
    setting: "~\\work",
    expected: { home: "C:\\Users\\ann\\work", mustExist: true },
  },
  "a relative CODEX_HOME, which must not depend on where VS Code was started": {
    platform: "linux",
    variables: { CODEX_HOME: "tools/codex" },
    expected: { home: "/home/ann/tools/codex", mustExist: true, asWritten: "tools/codex" },
  },
  "a CODEX_HOME in quotes that no shell took away": {
    platform: "win32",
    variables: { CODEX_HOME: '"C:\\codex home"' },
    expected: { home: "C:\\codex home", mustExist: true, asWritten: '"C:\\codex home"' },
  },
  "a relative setting on Windows": {
    platform: "win32",
    setting: "work\\codex",
    expected: { home: "C:\\Users\\ann\\work\\codex", mustExist: true },
  },
  "Windows, where VS Code runs Codex in WSL": {
    platform: "win32",
    wsl: `${WSL_HOME}\n`,
    expected: { home: WSL_HOME, mustExist: false, otherSide: "C:\\Users\\ann\\.codex" },
  },
  "the setting before WSL": {
    platform: "win32",
    wsl: WSL_HOME,
    setting: "D:\\codex",
    expected: { home: "D:\\codex", mustExist: true },
  },
  "a WSL that does not answer": {
    platform: "win32",
    wsl: null,
    expected: { home: "C:\\Users\\ann\\.codex", mustExist: false, wslSilent: true },
  },
  "a WSL without a distribution": {
    platform: "win32",
    wsl: "Windows Subsystem for Linux has no installed distributions.",
    expected: { home: "C:\\Users\\ann\\.codex", mustExist: false, wslSilent: true },
  },
  "a WSL window beside a Codex on Windows": {
    platform: "linux",
    variables: { WSL_DISTRO_NAME: "Debian" },
    files: ["/mnt/c/Users/Public/notes.txt", "/mnt/c/Users/Ann/.codex/config.toml"],
    expected: { home: "/home/ann/.codex", mustExist: false, otherSide: "/mnt/c/Users/Ann/.codex" },
  },
  "a WSL window that shares its home with Windows": {
    platform: "linux",
    variables: { WSL_DISTRO_NAME: "Debian", CODEX_HOME: "/mnt/c/Users/Ann/.codex" },
    files: ["/mnt/c/Users/Administrator/.codex/config.toml", "/mnt/c/Users/Ann/.codex/config.toml"],
    expected: { home: "/mnt/c/Users/Ann/.codex", mustExist: true, usualHome: "/home/ann/.codex" },
  },
  "a WSL window on a machine of several people": {
    platform: "linux",
    variables: { WSL_DISTRO_NAME: "Debian", USER: "ann" },
    files: ["/mnt/c/Users/Administrator/.codex/config.toml", "/mnt/c/Users/Ann/.codex/config.toml"],
    expected: { home: "/home/ann/.codex", mustExist: false, otherSide: "/mnt/c/Users/Ann/.codex" },
  },
  "a WSL window that knows the person's home on Windows": {
    platform: "linux",
    variables: { WSL_DISTRO_NAME: "Debian", USER: "bob", USERPROFILE: "C:\\Users\\Ann" },
    files: ["/mnt/c/Users/Bob/.codex/config.toml", "/mnt/c/Users/Ann/.codex/config.toml"],
    expected: { home: "/home/ann/.codex", mustExist: false, otherSide: "/mnt/c/Users/Ann/.codex" },
  },
  "a WSL window where nobody can tell who is who: all that exist": {
    platform: "linux",
    variables: { WSL_DISTRO_NAME: "Debian", USER: "dev" },
    files: ["/mnt/c/Users/Ann/.codex/config.toml", "/mnt/c/Users/Bob/.codex/config.toml"],
    expected: {
      home: "/home/ann/.codex",
      mustExist: false,
      otherSide: "/mnt/c/Users/Ann/.codex, /mnt/c/Users/Bob/.codex",
    },
  },
  "a WSL window alone": {
    platform: "linux",
    variables: { WSL_DISTRO_NAME: "Debian" },
    expected: { home: "/home/ann/.codex", mustExist: false },
  },
};

const HOMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: "/home/ann",
  darwin: "/Users/ann",
  win32: "C:\\Users\\ann",
};

describe("Codex's home directory", () => {
  for (const [title, { platform, variables = {}, setting = "", wsl, files = [], expected }] of Object.entries(
    PLACES,
  )) {
    it(`is found: ${title}`, async () => {
      const disk = new MemoryFileSystem();
      for (const file of files) disk.write(file, "");
      const environment: ClientEnvironment = {
        fs: disk.fs,
        platform,
        variables,
        homeDirectory: HOMES[platform] ?? "",
        configuredDirectory: { codex: setting, opencode: "" },
        ...(wsl !== undefined && { askWsl: () => Promise.resolve(wsl ?? undefined) }),
      };
      assert.deepEqual(await locateCodexHome(environment), expected);
    });
  }
});

describe("the question to WSL", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "wsl-"));
    // What wslpath does, as far as the script needs it.
    const program = `#!/bin/sh\nprintf '%s\\n' "\\\\\\\\wsl.localhost\\\\Debian$(printf %s "$2" | tr / '\\\\')"\n`;
    fs.writeFileSync(path.join(folder, "wslpath"), program, { mode: 0o755 });
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const ask = (variables: Record<string, string>) => {
    const env = { PATH: `${folder}:/usr/bin:/bin`, HOME: "/home/ann", ...variables };
    return execFileSync("sh", ["-c", WSL_HOME_SCRIPT], { env, encoding: "utf8" }).trim();
  };

  it("answers the home of Linux, whether Codex has been there or not", () => {
    assert.equal(ask({}), WSL_HOME);
    assert.equal(ask({ CODEX_HOME: "/nowhere at all" }), WSL_HOME);
  });

  it("answers CODEX_HOME of Linux", () => {
    assert.equal(ask({ CODEX_HOME: "/usr" }), "\\\\wsl.localhost\\Debian\\usr");
  });
});
