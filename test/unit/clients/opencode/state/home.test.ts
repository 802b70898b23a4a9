import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import type { ClientEnvironment } from "../../../../../src/clients/client";
import { keyFilePlaces, locateConfig } from "../../../../../src/clients/opencode/state/home";

function machine(
  platform: NodeJS.Platform,
  homeDirectory: string,
  variables: Record<string, string> = {},
  directory = "",
): ClientEnvironment {
  return { fs, platform, homeDirectory, variables, configuredDirectory: { codex: "", opencode: directory } };
}

describe("the files OpenCode reads", () => {
  const places: [string, ClientEnvironment, string][] = [
    ["Linux", machine("linux", "/home/ann"), "/home/ann/.config/opencode/opencode.json"],
    ["macOS", machine("darwin", "/Users/ann"), "/Users/ann/.config/opencode/opencode.json"],
    ["Windows", machine("win32", "C:\\Users\\ann"), "C:\\Users\\ann\\.config\\opencode\\opencode.json"],
    [
      "XDG_CONFIG_HOME",
      machine("linux", "/home/ann", { XDG_CONFIG_HOME: "/cfg" }),
      "/cfg/opencode/opencode.json",
    ],
    [
      "an empty XDG_CONFIG_HOME",
      machine("linux", "/home/ann", { XDG_CONFIG_HOME: "" }),
      "/home/ann/.config/opencode/opencode.json",
    ],
    [
      "a relative XDG_CONFIG_HOME",
      machine("linux", "/home/ann", { XDG_CONFIG_HOME: "cfg" }),
      "/home/ann/.config/opencode/opencode.json",
    ],
    [
      "the setting before XDG_CONFIG_HOME",
      machine("linux", "/home/ann", { XDG_CONFIG_HOME: "/cfg" }, "~/oc"),
      "/home/ann/oc/opencode.json",
    ],
    ["a relative setting", machine("linux", "/home/ann", {}, "work/oc"), "/home/ann/work/oc/opencode.json"],
    [
      "the setting on Windows",
      machine("win32", "C:\\Users\\ann", {}, "~\\oc"),
      "C:\\Users\\ann\\oc\\opencode.json",
    ],
  ];
  for (const [name, environment, expected] of places) {
    it(`finds the global directory: ${name}`, () => {
      const { global, newFile } = locateConfig(environment);
      assert.equal(newFile, expected);
      const directory = expected.slice(0, -"opencode.json".length);
      assert.deepEqual(
        global,
        ["config.json", "opencode.json", "opencode.jsonc"].map((file) => directory + file),
      );
    });
  }

  it("orders what is read after the global files as OpenCode does", () => {
    const { named, overriding } = locateConfig(
      machine("linux", "/home/ann", { OPENCODE_CONFIG: "/one.json", OPENCODE_CONFIG_DIR: "/dir" }),
    );
    assert.equal(named, "/one.json");
    assert.deepEqual(overriding, [
      "/home/ann/.opencode/opencode.json",
      "/home/ann/.opencode/opencode.jsonc",
      "/dir/opencode.json",
      "/dir/opencode.jsonc",
    ]);
  });

  it("names no file twice", () => {
    const directory = "/home/ann/.config/opencode";
    const { global, named, overriding } = locateConfig(
      machine("linux", "/home/ann", {
        OPENCODE_CONFIG: `${directory}/config.json`,
        OPENCODE_CONFIG_DIR: directory,
      }),
    );
    const all = [...global, named, ...overriding];
    assert.equal(new Set(all).size, all.length);
  });

  it("ignores a relative OPENCODE_CONFIG, which would mean another file in each folder", () => {
    assert.equal(
      locateConfig(machine("linux", "/home/ann", { OPENCODE_CONFIG: "oc.json" })).named,
      undefined,
    );
  });
});

describe("the places of the key file", () => {
  it("follow XDG_CONFIG_HOME, and keep the usual place in view", () => {
    assert.deepEqual(keyFilePlaces(machine("linux", "/home/ann", { XDG_CONFIG_HOME: "/cfg" })), [
      "/cfg/tokenpool/api-key",
      "/home/ann/.config/tokenpool/api-key",
    ]);
    assert.equal(
      keyFilePlaces(machine("win32", "C:\\Users\\ann"))[0],
      "C:\\Users\\ann\\.config\\tokenpool\\api-key",
    );
  });
});

describe("the files of OpenCode that are not the person's own", () => {
  it("are an administrator's, on each platform where its OpenCode looks for them", () => {
    const managed = (...at: Parameters<typeof machine>) => locateConfig(machine(...at)).managed;
    const both = (folder: string) => [`${folder}opencode.json`, `${folder}opencode.jsonc`];
    assert.deepEqual(managed("linux", "/home/ann"), both("/etc/opencode/"));
    assert.deepEqual(managed("darwin", "/Users/ann"), both("/Library/Application Support/opencode/"));
    assert.deepEqual(managed("win32", "C:\\Users\\ann"), both("C:\\ProgramData\\opencode\\"));
    assert.deepEqual(managed("win32", "D:\\ann", { ProgramData: "D:\\Data" }), both("D:\\Data\\opencode\\"));
  });

  const outside = (XDG_CONFIG_HOME: string, directory = "") =>
    locateConfig(machine("linux", "/home/ann", { XDG_CONFIG_HOME }, directory)).outside;

  for (const sandbox of [
    "/home/ann/.var/app/com.visualstudio.code/config",
    "/home/ann/snap/code/1/.config",
  ]) {
    it(`are those outside of a sandbox: ${sandbox}`, () => {
      assert.deepEqual(outside(sandbox), {
        directory: "/home/ann/.config/opencode",
        files: ["config.json", "opencode.json", "opencode.jsonc"].map(
          (name) => `/home/ann/.config/opencode/${name}`,
        ),
      });
      assert.equal(outside(sandbox, "~/oc"), undefined);
    });
  }

  it("are none without a sandbox", () => {
    for (const place of ["", "/cfg", "/home/ann/cfg", "/home/bert/snap/x"])
      assert.equal(outside(place), undefined, place);
  });
});
