import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { StartCheck } from "../../../src/clients/client";
import type { ClientId } from "../../../src/clients/clientId";
import { withTemporaryFolder } from "../../../src/clients/machine/askProgram";
import { CLIENTS } from "../../../src/clients/registry";

const FILES: Readonly<Record<ClientId, string>> = {
  codex: ".codex/config.toml",
  opencode: ".config/opencode/opencode.json",
};

/** What is made of the words of a program that fails with them. */
function checkSaying(client: ClientId, words: string, config = ""): Promise<StartCheck | undefined> {
  return withTemporaryFolder(async (home) => {
    const file = path.join(home, FILES[client]);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, client === "codex" ? config : '{ "$schema": "x" }');
    const programs = path.join(home, "programs");
    await fs.mkdir(programs);
    await fs.writeFile(path.join(programs, "words"), words);
    const script = '#!/bin/sh\ncat "${0%/*}/words" >&2\nexit 1\n';
    await fs.writeFile(path.join(programs, client), script, { mode: 0o755 });
    const environment = {
      fs,
      variables: { PATH: `${programs}:/usr/bin:/bin` },
      homeDirectory: home,
      platform: "linux",
      configuredDirectory: { codex: "", opencode: "" },
      foreignFolders: [],
    } as const;
    if (client === "codex") {
      return CLIENTS.codex.checkStart(environment, await CLIENTS.codex.inspect(environment, ""));
    }
    return CLIENTS.opencode.checkStart(environment, await CLIENTS.opencode.inspect(environment, ""));
  });
}

const MANY = 500_000;

describe("the words of a client that does not start", function () {
  // A watchdog: each takes a moment, or many minutes where a pattern goes back and forth.
  this.timeout(10_000);

  const issue = "Error: Configuration is invalid at /x.json\n↳ Expected number";
  const cases: readonly (readonly [string, ClientId, string, string])[] = [
    ["a number", "opencode", `${issue}, got "a" a.b\n`, "Expected number (a.b)"],
    ["no value", "opencode", `${issue} a.b\n`, "Expected number (a.b)"],
    ["a value that says got", "opencode", `${issue}, got ", got b c" a.b\n`, "Expected number (a.b)"],
    ["many values", "opencode", `${issue}${", got x".repeat(MANY / 7)} \n`, "()"],
    ["a name of blanks", "opencode", `Error: Config file at x${" ".repeat(MANY)}y`, "()"],
    ["a backtrace", "codex", "Error loading configuration: no\n\n  Stack backtrace:\n 0: x\n", "no"],
    ["empty lines", "codex", `Error loading configuration: no${"\n".repeat(MANY)}x\n`, "no x"],
  ];
  for (const [title, client, words, expected] of cases) {
    it(`are read at once: ${title}`, async () => {
      const check = await checkSaying(client, words);
      assert.ok(check && !check.starts);
      assert.equal(check.words, expected);
    });
  }

  const places: readonly (readonly [string, string, string, number | undefined])[] = [
    [
      "a table in backticks, by its first key",
      "invalid transport in `mcp_servers.x`",
      'model = "m"\n[mcp_servers.x]\nenabled = true\n',
      2,
    ],
    ["a value in backticks", "Model provider `x` not found", 'model = "m"\nmodel_provider = "x"\n', 1],
    [
      "a file",
      "failed to read /h/.codex/gone.md: no",
      'model = "m"\nmodel_instructions_file = "gone.md"\n',
      1,
    ],
    ["nothing of it, though the letter stands in a word", "something is amiss", 'model = "m"\n', undefined],
    ["a part of a name only", "gpt-5.5-codex is unknown", 'model = "gpt-5.5"\n', undefined],
    ["very many names", "`x.y` ".repeat(MANY / 6), 'model = "m"\n', undefined],
  ];
  for (const [title, words, config, line] of places) {
    it(`are marked where they name ${title}`, async () => {
      const check = await checkSaying("codex", `Error loading configuration: ${words}\n`, config);
      assert.ok(check && !check.starts);
      assert.equal(check.range?.line, line);
    });
  }
});

describe("OpenCode", () => {
  for (const [others, is] of [
    [{}, "asked where all its files are marked"],
    [{ "opencode.jsonc": "{}" }, "not asked where it would write into one of several files"],
    [{ config: "{}" }, "not asked where it would move the file of its first versions"],
  ] as const) {
    it(`is ${is}`, () =>
      withTemporaryFolder(async (home) => {
        const folder = path.join(home, path.dirname(FILES.opencode));
        await fs.mkdir(folder, { recursive: true });
        for (const [name, text] of Object.entries({ "opencode.json": '{ "$schema": "x" }', ...others }))
          await fs.writeFile(path.join(folder, name), text);
        await fs.writeFile(path.join(home, "opencode"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
        const environment = {
          fs,
          variables: { PATH: `${home}:/usr/bin:/bin` },
          homeDirectory: home,
          platform: "linux",
          configuredDirectory: { codex: "", opencode: "" },
        } as const;
        const state = await CLIENTS.opencode.inspect(environment, "");
        const check = await CLIENTS.opencode.checkStart(environment, state);
        assert.deepEqual(check, Object.keys(others).length === 0 ? { starts: true } : undefined);
      }));
  }
});

describe("a client behind a manager of versions", () => {
  for (const client of ["codex", "opencode"] as const) {
    it(`is not asked whether it starts: it might be installed for it (${client})`, () =>
      withTemporaryFolder(async (home) => {
        const file = path.join(home, FILES[client]);
        await fs.mkdir(path.dirname(file), { recursive: true });
        await fs.writeFile(file, client === "codex" ? "" : '{ "$schema": "x" }');
        const manager = path.join(home, "manager");
        await fs.writeFile(manager, `#!/bin/sh\ntouch ${home}/started\n`, { mode: 0o755 });
        await fs.mkdir(path.join(home, "bin"));
        await fs.symlink(manager, path.join(home, "bin", client));
        const environment = {
          fs,
          variables: { PATH: `${home}/bin:/usr/bin:/bin` },
          homeDirectory: home,
          platform: "linux",
          configuredDirectory: {},
        } as const;
        const state = await CLIENTS[client].inspect(environment, "");
        assert.equal(await CLIENTS[client].checkStart(environment, state), undefined);
        await assert.rejects(fs.stat(path.join(home, "started")));
      }));
  }
});
