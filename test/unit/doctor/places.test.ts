import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { diagnose } from "../../../src/doctor/diagnose";
import { problemId } from "../../../src/doctor/problem";
import type { ProblemCode } from "../../../src/doctor/problems/knowledge";
import {
  API_KEY,
  codexAuth,
  codexConfig,
  ENDPOINT,
  Machine,
  type MachineState,
  OPENCODE_FILES,
  opencodeConfig,
} from "./machine";
import { codexWith } from "./problems/files";

const CONFIG = ".codex/config.toml";

const AUTH = ".codex/auth.json";
const OPENCODE = ".config/opencode/opencode.json";
const REFERENCE = "{file:~/.config/tokenpool/api-key}";
const SERVER = (name: string) =>
  `[mcp_servers.${name}]\nurl = "https://t.example"\nbearer_token_env_var = "OPENAI_API_KEY"\n`;

/** A problem's code, and the lines at which it is told of, counted from 1. */
const SEVERAL: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  code: ProblemCode,
  lines: readonly number[],
  more?: Partial<MachineState>,
])[] = [
  [
    "values of a wrong type",
    codexWith({ auth: 'requires_openai_auth = "true"', more: 'supports_websockets = "false"\n' }),
    "codex/config-invalid",
    [8, 9],
  ],
  [
    "providers without a name",
    codexWith({
      more: '\n[model_providers.a]\nbase_url = "https://a.example"\n\n[model_providers.b]\nname = ""\n',
    }),
    "codex/config-invalid",
    [11, 14],
  ],
  [
    "tables of a misspelled name",
    {
      [CONFIG]: `[model_provider.a]\nname = "a"\nbase_url = "${ENDPOINT}"\n[model_provider.b]\nname = "b"\nbase_url = "${ENDPOINT}"\n`,
    },
    "codex/config-invalid",
    [3, 6],
  ],
  [
    "files that are not there",
    codexWith({
      provider: 'model_provider = "OpenAI"\nmodel_instructions_file = "a.md"\nmodel_catalog_json = "b.json"',
    }),
    "client/missing-file",
    [2, 3],
  ],
  [
    "tables of a built-in provider's name",
    codexWith({ more: '\n[model_providers.openai]\nname = "a"\n\n[model_providers.ollama]\nname = "b"\n' }),
    "codex/reserved-provider-id",
    [11, 14],
  ],
  [
    "keys in config.toml",
    codexWith({ more: 'api_key = "a"\ntoken = "b"\n' }),
    "codex/key-in-config",
    [9, 10],
  ],
  ["keys in comments", codexWith({ more: `# ${API_KEY}\n# ${API_KEY}\n` }), "codex/key-in-config", [9, 10]],
  [
    "models that are not offered",
    codexWith({ model: 'model = "a"', top: 'review_model = "b"' }),
    "account/model-unavailable",
    [2, 3],
    { offeredModels: ["gpt-5.5"] },
  ],
  [
    "names that stand twice in auth.json",
    {
      [CONFIG]: codexConfig(),
      [AUTH]: `{\n"auth_mode": "apikey",\n"auth_mode": "apikey",\n"OPENAI_API_KEY": "a",\n"OPENAI_API_KEY": "${API_KEY}"\n}\n`,
    },
    "codex/auth-duplicate-key",
    [3, 5],
  ],
  [
    "names that stand twice in opencode.json",
    {
      ...OPENCODE_FILES,
      [OPENCODE]: opencodeConfig().replace(
        "{",
        '{\n"enabled_providers": [],\n"enabled_providers": ["tokenpool"],\n"small_model": "a/b",\n"small_model": "a/b",',
      ),
    },
    "opencode/duplicate-key",
    [3, 5],
  ],
  [
    "lists that leave TokenPool out",
    {
      ...OPENCODE_FILES,
      [OPENCODE]: opencodeConfig().replace(
        "{",
        '{\n"enabled_providers": ["a"],\n"disabled_providers": ["tokenpool"],',
      ),
    },
    "opencode/provider-disabled",
    [2, 3],
  ],
  [
    "files that placeholders name",
    {
      ...OPENCODE_FILES,
      [OPENCODE]: opencodeConfig().replace("{", '{\n"a": "{file:~/.a}",\n"b": "{file:~/.b}",'),
    },
    "client/missing-file",
    [2, 3],
  ],
  [
    "servers that a project gives the key",
    { ...codexWith({}), "project/.codex/config.toml": SERVER("a") + SERVER("b") },
    "codex/project-config",
    [3, 6],
    { variables: { OPENAI_API_KEY: API_KEY } },
  ],
  [
    "what Codex ignores in a project",
    {
      ...codexWith({}),
      "project/.codex/config.toml": `model_provider = "x"\nopenai_base_url = "${ENDPOINT}"\n`,
    },
    "codex/project-config",
    [1, 2],
  ],
  [
    "references to the key in a project's file",
    {
      ...OPENCODE_FILES,
      "project/opencode.json":
        '{ "mcp": { "a": {\n"url": "https://a.example/{file:~/.config/tokenpool/api-key}",\n"x": "{file:~/.config/tokenpool/api-key}"\n} } }\n',
    },
    "opencode/project-overrides",
    [2, 3],
  ],
  [
    "packages of a project's providers",
    {
      ...OPENCODE_FILES,
      "project/opencode.json": '{ "provider": {\n"a": { "npm": "x" },\n"b": { "npm": "y" }\n} }\n',
    },
    "opencode/project-overrides",
    [2, 3],
  ],
];

describe("places of problems", () => {
  for (const [name, line, code] of [
    ["addresses", 'base_url = "https://api.clawto.link/v1/responses"', "endpoint/too-much-path"],
    ["protocols", 'wire_api = "chat"', "codex/wire-api-chat"],
  ] as const) {
    it(`tell two tables with wrong ${name} apart: two marks, two fixes`, async () => {
      const changes = { [name === "addresses" ? "base_url" : "wire_api"]: line };
      const second = `\n[model_providers.second]\nname = "Second"\n${line}\n`;
      const config = codexConfig({ ...changes, more: second });
      await Machine.use({ files: { [CONFIG]: config, ".codex/auth.json": codexAuth() } }, async (machine) => {
        const found = () =>
          machine.snapshot().then((each) => diagnose(each).filter((problem) => problem.code === code));
        const both = await found();
        assert.equal(new Set(both.map(problemId)).size, 2);
        assert.equal(new Set(both.map(({ range }) => range?.line)).size, 2);
        await machine.apply(both[1]!.fix!());
        assert.deepEqual((await found()).map(problemId), [problemId(both[0]!)]);
        await machine.apply(both[0]!.fix!());
        assert.deepEqual(await found(), []);
      });
    });
  }

  for (const [name, files, code, places, more = {}] of SEVERAL) {
    it(`are all told: ${name}`, async () => {
      await Machine.use({ files, folders: ["project"], ...more }, async (machine) => {
        const found = async () =>
          diagnose(await machine.snapshot()).filter((problem) => problem.code === code);
        const all = await found();
        const lines = all.map(({ range }) => (range?.line ?? -1) + 1).toSorted((a, b) => a - b);
        assert.deepEqual(lines, places);
        assert.equal(new Set(all.map(problemId)).size, all.length);
        // The last one first: no fix depends on another.
        for (let left = all; left.at(-1)?.fix; left = await found()) {
          await machine.apply(left.at(-1)!.fix!());
          assert.ok((await found()).length < left.length);
        }
      });
    });
  }

  const alike: typeof SEVERAL = [
    [
      "keys that a project takes",
      {
        ...OPENCODE_FILES,
        "project/opencode.json": `{ "a": "${REFERENCE}",\n"b": "${REFERENCE}", "c": "${REFERENCE}" }\n`,
      },
      "opencode/project-overrides",
      [1, 2, 2],
    ],
    [
      "a key that is taken beside the one of our provider, in one line",
      {
        ...OPENCODE_FILES,
        "project/opencode.json": `{ "provider": { "tokenpool": { "options": { "apiKey": "${REFERENCE}" } } }, "x": "${REFERENCE}" }\n`,
      },
      "opencode/project-overrides",
      [1],
    ],
    [
      "files that several settings name",
      {
        ...OPENCODE_FILES,
        [OPENCODE]: opencodeConfig().replace(
          "{",
          '{ "a": "{file:~/.a}", "b": "{file:~/.b}",\n"c": "{file:~/.a}",',
        ),
      },
      "client/missing-file",
      [1, 1, 2],
    ],
  ];
  for (const [name, files, code, { length }, more = {}] of [...SEVERAL, ...alike]) {
    it(`are the same when a line is written above: ${name}`, () =>
      Machine.use({ files, folders: ["project"], ...more }, async (machine) => {
        const ids = async () =>
          diagnose(await machine.snapshot())
            .filter((problem) => problem.code === code)
            .map(problemId);
        const before = await ids();
        assert.equal(before.length, length);
        for (const file of Object.keys(files).filter((each) =>
          /config\.toml$|opencode\.jsonc?$/.test(each),
        )) {
          await writeFile(path.join(machine.home, file), `\n${await machine.read(file)}`);
        }
        assert.deepEqual(await ids(), before);
      }));
  }

  it("name no variable as a file", async () => {
    const OPENCODE_CONFIG_CONTENT = JSON.stringify({
      provider: { tokenpool: { options: { baseURL: "https://tokenpool.dev/v1" } } },
    });
    await Machine.use({ files: OPENCODE_FILES, variables: { OPENCODE_CONFIG_CONTENT } }, async (machine) => {
      const found = diagnose(await machine.snapshot()).find(({ code }) => code === "endpoint/website");
      assert.ok(found);
      assert.deepEqual([found.path, found.range], [undefined, undefined]);
      assert.ok(found.evidence);
    });
  });

  it("are few in a file where everything is wrong", async () => {
    const table = (id: number) =>
      `\n[model_providers.p${id}]\nname = "p"\nbase_url = "https://tokenpool.dev"\n`;
    const more = Array.from({ length: 50 }, (_, id) => table(id)).join("");
    await Machine.use({ files: { [CONFIG]: codexConfig({ more }) } }, async (machine) => {
      const found = diagnose(await machine.snapshot()).filter(({ code }) => code === "endpoint/website");
      assert.ok(found.length > 1 && found.length < 10, String(found.length));
    });
  });
});
