import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { ClientEnvironment, StartCheck } from "../../src/clients/client";
import type { ClientId } from "../../src/clients/clientId";
import { planConfiguration } from "../../src/clients/codex/configure";
import { CLIENTS } from "../../src/clients/registry";
import { programVersions } from "../../src/clients/machine/programVersions";
import { diagnose } from "../../src/doctor/diagnose";
import { clientProgram, linkClientPrograms } from "../harness/clientPrograms";
import { run } from "../harness/run";
import {
  API_KEY,
  codexAuth,
  CODEX_FILES,
  codexConfig,
  ENDPOINT,
  Machine,
  OPENCODE_FILES,
  opencodeConfig,
} from "../unit/doctor/machine";

const CODEX = ".codex/config.toml";
const OPENCODE = ".config/opencode/opencode.json";

/** OpenCode leaves a file alone that has it. */
const MARKED = opencodeConfig({ $schema: "https://opencode.ai/config.json" });

interface Refused {
  readonly title: string;
  readonly client: ClientId;
  readonly file: string;
  readonly text: string;
  readonly words: RegExp;
  /** The text from the place that is named to the end of its line; undefined: no place. */
  readonly from?: string;
}

const REFUSED: readonly Refused[] = [
  {
    title: "an MCP server without a command",
    client: "codex",
    file: CODEX,
    text: 'model = "gpt-5.4"\n\n[mcp_servers.codex_app]\nenabled = true\n',
    words: /invalid transport/,
    from: "[mcp_servers.codex_app]",
  },
  {
    title: "a text where a table wants true or false",
    client: "codex",
    file: CODEX,
    text: '[features]\nrmcp_client = true\nnetwork_access = "enabled"\n',
    words: /invalid type: string "enabled", expected a boolean/,
    from: '"enabled"',
  },
  {
    title: "a provider that is not there",
    client: "codex",
    file: CODEX,
    text: 'model = "m"\nmodel_provider = "gone"\n',
    words: /Model provider `gone` not found/,
    from: '"gone"',
  },
  {
    title: "a legacy profile",
    client: "codex",
    file: CODEX,
    text: 'profile = "work"\n',
    words: /legacy `profile = "work"` config is no longer supported/,
    from: 'profile = "work"',
  },
  {
    title: "a file with instructions that is not there",
    client: "codex",
    file: CODEX,
    text: 'model_instructions_file = "gone.md"\n',
    words: /failed to read model instructions file ~\/\.codex\/gone\.md/,
    from: '"gone.md"',
  },
  {
    title: "a keyring, which is not asked, and a wrong type",
    client: "codex",
    file: CODEX,
    text: 'cli_auth_credentials_store = "keyring"\nmodel = 5\n',
    words: /invalid type: integer `5`, expected a string/,
    from: "model = 5",
  },
  {
    title: "an MCP server in the shape of another program, with a token",
    client: "opencode",
    file: OPENCODE,
    text: '{\n  "$schema": "https://opencode.ai/config.json", "mcp": {\n    "gitnexus": { "command": "npx", "environment": { "TOKEN": "ghp_secret" } }\n  }\n}\n',
    words: /^Expected \{.*\} \(mcp\.gitnexus\)$|^Expected … \| … \(mcp\.gitnexus\)$/,
    from: '"gitnexus": { "command": "npx", "environment": { "TOKEN": "ghp_secret" } }',
  },
  {
    title: "a model whose name has a dot",
    client: "opencode",
    file: OPENCODE,
    text: '{ "$schema": "https://opencode.ai/config.json",\n"provider": { "x": { "models": { "gpt-5.5": {\n"limit": { "context": "a" } } } } } }\n',
    words: /^Expected number \(provider\.x\.models\.gpt-5\.5\.limit\.context\)$/,
    from: '"context": "a" } } } } } }',
  },
  {
    title: "a key file that is not there",
    client: "opencode",
    file: OPENCODE,
    text: '{ "$schema": "https://opencode.ai/config.json", "provider": { "x": { "options": { "apiKey": "{file:./gone}" } } } }\n',
    words: /bad file reference: "\{file:\.\/gone\}" ~\/\.config\/opencode\/gone does not exist/,
  },
  {
    title: "a text that is no JSON, and holds a key",
    client: "opencode",
    file: OPENCODE,
    text: '{ "share": "disabled"\n "x": "ghp_secret" }\n',
    words: /^CommaExpected$/,
    from: '"x": "ghp_secret" }',
  },
];

/** On a loaded machine a client answers too late for the user who waits for it, which is no fault of the code. */
const MOST_TRIES = 12;

/** Half of the time that a program has for its version. */
const QUICK_MS = 1_000;

describe("the client's own word on whether it starts", function () {
  this.timeout(300_000);

  async function check(machine: Machine, client: ClientId): Promise<StartCheck | undefined> {
    const bin = await linkClientPrograms(await fs.mkdtemp(path.join(machine.home, ".programs-")));
    const environment: ClientEnvironment = {
      ...machine.sources().environment,
      // Codex makes no helpers below the temporary directory, where this home is: on a user's machine it would.
      variables: { PATH: `${bin}:/usr/bin:/bin`, HOME: machine.home, TMPDIR: bin },
    };
    const before = await entriesOf(machine);
    const state = await CLIENTS[client].inspect(environment, ENDPOINT);
    const checked = await CLIENTS[client].checkStart(environment, state);
    await programVersions(environment, client);
    assert.deepEqual(await entriesOf(machine), before, "no trace is left");
    return checked;
  }

  async function answerOf(machine: Machine, client: ClientId): Promise<StartCheck | undefined> {
    let answer: StartCheck | undefined;
    for (let tries = 0; tries < MOST_TRIES && !answer; tries++) answer = await check(machine, client);
    return answer;
  }

  for (const [client, version] of [
    ["codex", "0.169.0"],
    ["opencode", "1.18.33"],
  ] as const) {
    it(`${client}: says its version`, () =>
      Machine.use({}, async (machine) => {
        const bin = path.join(machine.home, ".programs");
        const program = path.join(bin, client);
        const environment = { ...machine.sources().environment, variables: { PATH: bin } };
        await fs.mkdir(bin);
        const seen: { readonly versions: string[]; readonly tookMs: number }[] = [];
        while (seen.length < MOST_TRIES && !seen.some(({ versions }) => versions[0] === version)) {
          // One that was late is not asked again for a minute, unless it is another file.
          await fs.rm(program, { force: true });
          await fs.copyFile(await clientProgram(client), program);
          const started = performance.now();
          const { stdout } = await run(program, ["--version"], { env: { HOME: machine.home } });
          const tookMs = performance.now() - started;
          assert.ok(stdout.includes(version), stdout);
          seen.push({ tookMs, versions: await programVersions(environment, client) });
        }
        const inTime = seen.filter(({ tookMs }) => tookMs < QUICK_MS);
        assert.ok(
          seen.at(-1)?.versions[0] === version || inTime.length === 0,
          `${JSON.stringify(seen)}: it answers in time, and was not understood`,
        );
      }));
  }

  for (const { title, client, file, text, words, from } of REFUSED) {
    it(`${client}: ${title}`, () =>
      Machine.use({ files: { [file]: text } }, async (machine) => {
        const checked = await answerOf(machine, client);
        assert.ok(checked && !checked.starts, JSON.stringify(checked));
        assert.match(checked.words, words);
        assert.doesNotMatch(checked.words, /secret/);
        assert.equal(checked.path, path.join(machine.home, file));
        const line = text.split("\n")[checked.range?.line ?? -1];
        assert.equal(line?.slice(checked.range?.column), from);
      }));
  }

  it("yes, for what TokenPool writes", () =>
    Machine.use({ files: { ...CODEX_FILES, ...OPENCODE_FILES } }, async (machine) => {
      assert.deepEqual(await answerOf(machine, "codex"), { starts: true });
    }));

  it("yes, also by OpenCode", () =>
    Machine.use({ files: { ...OPENCODE_FILES, [OPENCODE]: MARKED } }, async (machine) => {
      assert.deepEqual(await answerOf(machine, "opencode"), { starts: true });
    }));

  it("yes, and no file is left in the other folder that OpenCode reads", () =>
    Machine.use({ files: { [OPENCODE]: MARKED, ".opencode/opencode.json": MARKED } }, async (machine) => {
      assert.notEqual(await answerOf(machine, "opencode"), undefined);
    }));

  it("yes, without a login too", () =>
    Machine.use({ files: { [CODEX]: codexConfig() } }, async (machine) => {
      assert.deepEqual(await answerOf(machine, "codex"), { starts: true });
    }));

  it("is not asked for in an empty home, which stays empty", () =>
    Machine.use({ files: {} }, async (machine) => {
      assert.equal(await check(machine, "codex"), undefined);
    }));

  it("is not asked for in an empty home, by OpenCode neither", () =>
    Machine.use({ files: {} }, async (machine) => {
      assert.equal(await check(machine, "opencode"), undefined);
    }));

  const UNMARKED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "a file without $schema, which it would add": { [OPENCODE]: '{ "share": "disabled" }' },
    "a stronger file without $schema": {
      ...OPENCODE_FILES,
      [OPENCODE]: MARKED,
      ".opencode/opencode.json": "{}",
    },
    "no global file, where it would make one": { ".opencode/opencode.json": MARKED },
    "a file of its first versions, which it would turn into others": {
      ...OPENCODE_FILES,
      [OPENCODE]: MARKED,
      ".config/opencode/config": 'model = "x"\n',
    },
  };

  for (const [title, files] of Object.entries(UNMARKED)) {
    it(`is not asked for where OpenCode would rewrite: ${title}`, () =>
      Machine.use({ files }, async (machine) => {
        assert.equal(await check(machine, "opencode"), undefined);
      }));
  }

  it("leaves auth.json where a login is forced that is not there", () =>
    Machine.use(
      { files: { ...CODEX_FILES, [CODEX]: `forced_login_method = "chatgpt"\n` } },
      async (machine) => {
        assert.deepEqual(await answerOf(machine, "codex"), { starts: true });
        assert.ok((await machine.read(".codex/auth.json")).includes(API_KEY));
      },
    ));
});

/** The tables that stand last in people's files, with what they hold. */
const TABLES = [
  "[features]\nrmcp_client = true",
  "[tui]\nnotifications = true",
  '[mcp_servers.files]\ncommand = "files-server"',
  '[projects."/srv/app"]\ntrust_level = "trusted"',
  "[sandbox_workspace_write]\nnetwork_access = true",
  "[notice]\nhide_full_access_warning = true",
  '[model_providers.other]\nname = "Other"\nbase_url = "http://127.0.0.1:9"',
];

const BLOCK = `model_provider = "OpenAI"
model = "gpt-5.5"
review_model = "gpt-5.5"
model_reasoning_effort = "xhigh"
disable_response_storage = true
network_access = "enabled"
windows_wsl_setup_acknowledged = true
model_context_window = 1000000
model_auto_compact_token_limit = 900000

[model_providers.OpenAI]
name = "OpenAI"
base_url = "${ENDPOINT}"
wire_api = "responses"
requires_openai_auth = true
`;

describe("the real Codex starts with TokenPool after its block was pasted below", function () {
  this.timeout(300_000);

  async function starts(machine: Machine): Promise<void> {
    const bin = await linkClientPrograms(path.join(machine.home, ".programs"));
    const environment = { ...machine.sources().environment, variables: { PATH: `${bin}:/usr/bin:/bin` } };
    const state = await CLIENTS.codex.inspect(environment, ENDPOINT);
    let answer: StartCheck | undefined;
    for (let tries = 0; tries < MOST_TRIES && !answer; tries++)
      answer = await CLIENTS.codex.checkStart(environment, state);
    assert.deepEqual(answer, { starts: true });
    assert.ok(state.usesTokenPool, await machine.read(CODEX));
    const left = diagnose(await machine.snapshot()).map(({ code }) => code);
    assert.deepEqual(left, []);
  }

  for (const table of TABLES) {
    const [title] = table.split("\n");
    const text = table.includes("network_access") ? BLOCK.replace('network_access = "enabled"\n', "") : BLOCK;
    const files = {
      [CODEX]: `personality = "pragmatic"\n\n${table}\n\n${text}`,
      ".codex/auth.json": codexAuth(),
    };

    it(`${title}, by the fix`, () =>
      Machine.use({ files }, async (machine) => {
        const found = diagnose(await machine.snapshot());
        const fix = found.find(({ code }) => code === "codex/setting-inside-table")?.fix;
        assert.ok(fix, JSON.stringify(found));
        await machine.apply(fix());
        await starts(machine);
      }));

    it(`${title}, by Configure Codex`, () =>
      Machine.use({ files }, async (machine) => {
        const { codex } = await machine.snapshot();
        const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
        await machine.apply(planConfiguration(codex, profile, { fix: true, versions: ["0.169.0"] }));
        await starts(machine);
      }));
  }
});

/** Every entry of the home, with the bytes of files. */
async function entriesOf(machine: Machine): Promise<unknown> {
  return [(await fs.readdir(machine.home, { recursive: true })).sort(), ...(await machine.allFiles())];
}
