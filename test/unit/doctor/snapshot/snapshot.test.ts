import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { takeSnapshot } from "../../../../src/doctor/snapshot/snapshot";
import { decodeUtf16 } from "../../../../src/doctor/problems/secrets/utf16";
import {
  codexConfig,
  CODEX_FILES,
  Machine,
  type MachineState,
  opencodeConfig,
  OPENCODE_FILES,
} from "../machine";

describe("the environment as Codex sees it", () => {
  const variable = (envFile: string, variables: Record<string, string> = {}) =>
    Machine.use({ files: { ".codex/.env": envFile }, variables }, async (machine) => {
      const { NAME, CODEX_API_KEY } = (await machine.snapshot()).codex.variables;
      return NAME ?? CODEX_API_KEY;
    });

  it("has the variables of .env, which win", async () => {
    assert.equal(await variable("NAME=file", { NAME: "real" }), "file");
    assert.equal(await variable("OTHER=file", { NAME: "real" }), "real");
  });

  it("takes quotes, export and comments as a shell does", async () => {
    assert.equal(await variable("# NAME=no\nexport NAME='a # b' # why\n"), "a # b");
    assert.equal(await variable('NAME = "a b"\r\n'), "a b");
    assert.equal(await variable("NAME=a # why"), "a");
  });

  it("leaves variables of Codex's own to the real environment", async () => {
    assert.equal(await variable("CODEX_API_KEY=file"), undefined);
    assert.equal(await variable("CODEX_API_KEY=file", { CODEX_API_KEY: "real" }), "real");
  });
});

describe("the configuration of a project", () => {
  const found = (state: MachineState) =>
    Machine.use(state, async (machine) => {
      const { codex, opencode } = (await machine.snapshot()).projectFiles;
      return [...codex, ...opencode].map(({ path }) => path.slice(machine.home.length + 1));
    });

  it("is read up to the root of the work tree, the root first", async () => {
    const files = {
      "opencode.json": "{}",
      "work/.git/HEAD": "",
      "work/opencode.json": "{}",
      "work/.codex/config.toml": "",
      "work/a/.opencode/opencode.jsonc": "{}",
      "work/a/b/c": "",
    };
    assert.deepEqual(await found({ files, folders: ["work/a/b"] }), [
      "work/.codex/config.toml",
      "work/opencode.json",
      "work/a/.opencode/opencode.jsonc",
    ]);
  });

  it("is outside of a work tree the folder's alone for Codex, and every folder's above it for OpenCode", async () => {
    const files = {
      "work/.codex/config.toml": "",
      "work/opencode.json": "{}",
      "work/a/.codex/config.toml": "",
      "work/a/opencode.json": "{}",
    };
    assert.deepEqual(await found({ files, folders: ["work/a"] }), [
      "work/a/.codex/config.toml",
      "work/opencode.json",
      "work/a/opencode.json",
    ]);
  });

  it("is not the user's own, whichever way the home directory was opened", () =>
    Machine.use(
      { files: { ...CODEX_FILES, ...OPENCODE_FILES, "x/.codex/config.toml": "" } },
      async (machine) => {
        const link = path.join(machine.home, "x", "home");
        await fs.symlink(machine.home, link);
        const { projectFiles } = await takeSnapshot({ ...machine.sources(), folders: [machine.home, link] });
        assert.deepEqual([...projectFiles.codex, ...projectFiles.opencode], []);
      },
    ));

  it("is read once for two folders", async () => {
    assert.deepEqual(await found({ files: { "a/opencode.json": "{}" }, folders: ["a", "a"] }), [
      "a/opencode.json",
    ]);
  });

  it("is none of the user's own files", async () => {
    assert.deepEqual(
      await found({ files: { ...CODEX_FILES, ".opencode/opencode.json": "{}" }, folders: ["."] }),
      [],
    );
  });
});

describe("what is asked of this machine", () => {
  it("is the port of a local address alone", async () => {
    const asked = (address: string) =>
      Machine.use(
        { files: { ".codex/config.toml": codexConfig({ base_url: `base_url = "${address}"` }) } },
        (machine) => machine.snapshot().then(({ deadLocalAddress }) => deadLocalAddress),
      );
    assert.equal(await asked("http://localhost:15721/v1"), "localhost:15721");
    assert.equal(await asked("https://127.0.0.1"), "127.0.0.1:443");
    assert.equal(await asked("https://elsewhere.example:15721"), undefined);
  });

  it("is every file that OpenCode's configuration refers to, our own key file aside", () =>
    Machine.use(
      {
        files: {
          ...OPENCODE_FILES,
          ".config/opencode/opencode.json": `// {file:/no}\n${opencodeConfig({ a: "{file:./is}", b: "x {file:~/is-not}" })}`,
          ".config/opencode/is": "",
        },
      },
      async (machine) => {
        const { missingReferences } = await machine.snapshot();
        assert.deepEqual(
          missingReferences.map(({ target }) => target.slice(machine.home.length)),
          ["/is-not"],
        );
      },
    ));
});

describe("a file in UTF-16", () => {
  const TEXT = 'model = "ä🦀"\n';
  const little = Buffer.from(TEXT, "utf16le");

  it("is read with and without byte order mark, in both orders", () => {
    for (const text of [TEXT, `\ufeff${TEXT}`]) {
      const bytes = Buffer.from(text, "utf16le");
      assert.equal(decodeUtf16(bytes), TEXT);
      assert.equal(decodeUtf16(Buffer.from(bytes).swap16()), TEXT);
    }
  });

  it("is nothing else", () => {
    assert.equal(decodeUtf16(undefined), undefined);
    assert.equal(decodeUtf16(Buffer.from("# \xe4 ", "latin1")), undefined);
    assert.equal(decodeUtf16(little.subarray(1)), undefined);
    assert.equal(decodeUtf16(Buffer.from([0xff, 0xfe, 0x00, 0xdc])), undefined);
  });
});
