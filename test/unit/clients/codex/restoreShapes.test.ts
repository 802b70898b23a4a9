import assert from "node:assert/strict";
import { applyChange } from "../../../../src/changes/apply";
import type { ChangePlan } from "../../../../src/changes/plan";
import { prepareChange } from "../../../../src/changes/prepare";
import { Refusal } from "../../../../src/changes/refusal";
import { planConfiguration } from "../../../../src/clients/codex/configure";
import { inspectCodex } from "../../../../src/clients/codex/state/state";
import { planUndo } from "../../../../src/clients/codex/undo";
import { MemoryFileSystem } from "../../changes/memoryFileSystem";
import { API_KEY, ENDPOINT } from "../../doctor/machine";

const HOME = "/home/user";
const CONFIG = `${HOME}/.codex/config.toml`;
const AUTH = `${HOME}/.codex/auth.json`;
const ADDRESS = 'base_url = "https://gateway.example"';
const LOGIN = '{"auth_mode":"chatgpt","tokens":{"id_token":"made up"}}';

/** What people have in a table of our name; most of it keeps Codex from starting, and all of it is theirs. */
const FIELDS: readonly string[][] = [
  [],
  ['env_key = "MINE" # my variable'],
  [ADDRESS],
  [ADDRESS, "requires_openai_auth = true"],
  ['name = "Mine"', ADDRESS],
  ['name = "Mine"', ADDRESS, "requires_openai_auth = true", 'wire_api = "responses"'],
  ['wire_api = "chat"', "# a remark", 'env_key = "MINE"'],
];
const SUB = ["[model_providers.OpenAI.http_headers]", 'X-Mine = "1"'];

function shapes(): string[] {
  const tables = FIELDS.flatMap((fields) => [
    ["[model_providers.OpenAI]", ...fields],
    ["[model_providers.OpenAI]", ...fields, "", ...SUB],
    [...SUB, "", "[model_providers.OpenAI]", ...fields],
    ["[model_providers.OpenAI] # here", "", ...fields, "", "[mcp_servers.docs]", 'command = "docs"'],
  ]);
  const bare = (fields: readonly string[]) => fields.map((each) => each.replace(/ *#.*/, "")).filter(Boolean);
  const inline = FIELDS.map((fields) => ["[model_providers]", `OpenAI = { ${bare(fields).join(", ")} }`]);
  const dotted = FIELDS.filter((fields) => bare(fields).length > 0).map((fields) => [
    ...bare(fields).map((each) => `model_providers.OpenAI.${each}`),
  ]);
  const above = [[], ['model_provider = "OpenAI"'], ["# mine", 'model = "o3" # dear', ""]];
  const all = [...tables, ...inline, ...dotted, [], SUB];
  return above.flatMap((top) => all.map((table) => [...top, ...table].join("\n")));
}

const LINE_ENDS: Readonly<Record<string, (text: string) => string>> = {
  LF: (text) => `${text}\n`,
  CRLF: (text) => `${text}\n`.replaceAll("\n", "\r\n"),
  "no end": (text) => text,
};
const AUTHS: readonly (string | undefined)[] = [
  undefined,
  LOGIN,
  '{\r\n\t"tokens": {"id_token": "made up"},\r\n\t"OPENAI_API_KEY": null\r\n}\r\n',
];

/** In memory: thousands of changes are made here, and a disk takes longest for what makes each durable. */
class Home {
  readonly disk = new MemoryFileSystem();
  readonly store = { fs: this.disk.fs, directory: "/data/store", now: () => new Date() };

  constructor(config: string, auth: string | undefined) {
    this.disk.write(CONFIG, config);
    if (auth !== undefined) this.disk.write(AUTH, auth, 0o600);
  }

  get files(): Record<string, string> {
    return this.disk.list(HOME);
  }

  get config(): string {
    return this.disk.read(CONFIG) ?? "";
  }

  async configure() {
    const codex = await inspectCodex(
      {
        fs: this.disk.fs,
        variables: {},
        homeDirectory: HOME,
        platform: process.platform,
        configuredDirectory: { codex: "", opencode: "" },
      },
      ENDPOINT,
    );
    const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
    return this.apply(planConfiguration(codex, profile, { fix: true, versions: [] }));
  }

  async apply(plan: ChangePlan) {
    return applyChange(this.store, () => Promise.resolve(plan), await prepareChange(this.disk.fs, plan));
  }
}

/** Where Codex would send a ChatGPT token besides OpenAI, read with other eyes than the code's. */
function tokenGoesTo(config: string, auth: string | undefined): string | undefined {
  if (!auth?.includes("tokens") || /"OPENAI_API_KEY":\s*"/.test(auth)) return undefined;
  if (!/^model_provider = "OpenAI"/m.test(config)) return undefined;
  const asks = /requires_openai_auth = true/.test(config) && /\bname = "/.test(config);
  return asks ? /base_url = "([^"]*)"/.exec(config)?.[1] : undefined;
}

describe("restore over every shape of a provider of our name", () => {
  const cases = shapes().flatMap((shape) =>
    Object.entries(LINE_ENDS).flatMap(([ends, apply]) =>
      AUTHS.map((auth) => ({
        name: `${ends} ${auth ?? "no auth.json"}\n${shape}`,
        config: apply(shape),
        auth,
      })),
    ),
  );

  it(`gives the very bytes back in all of ${cases.length} cases where nobody wrote since`, async function () {
    this.timeout(600_000);
    assert.ok(cases.length >= 1_000);
    let changed = 0;
    for (const { name, config, auth } of cases) {
      const home = new Home(config, auth);
      const before = home.files;
      const entry = await home.configure().catch((error: unknown) => {
        assert.ok(error instanceof Refusal, name);
        return undefined;
      });
      if (!entry) continue;
      changed++;
      await home.apply(await planUndo(home.store, entry));
      assert.deepEqual(home.files, before, name);
    }
    assert.ok(changed > 900, `${changed} could be configured`);
  });

  it("sends no ChatGPT token to a host that did not get it before, whatever was edited in between", async function () {
    this.timeout(600_000);
    const edits: ((text: string) => string)[] = [
      (text) => `${text}\n[tools]\nx = 1\n`,
      (text) => text.replace("https://api.clawto.link", "https://api.tokenpool.dev"),
      (text) => text.replace('wire_api = "responses"', 'wire_api = "chat"'),
      (text) => text.replace('name = "OpenAI"', 'name = "Renamed"'),
    ];
    for (const { name, config, auth } of cases.filter(
      ({ config: text }) => !text.includes("\r") && text.endsWith("\n"),
    )) {
      if (auth !== LOGIN) continue;
      for (const edit of edits) {
        const home = new Home(config, auth);
        const entry = await home.configure().catch(() => undefined);
        if (!entry) continue;
        home.disk.write(CONFIG, edit(home.config));
        const plan = await planUndo(home.store, entry).catch((error: unknown) => {
          assert.ok(error instanceof Refusal, name);
          return undefined;
        });
        if (plan) await home.apply(plan);
        const target = tokenGoesTo(home.config, home.disk.read(AUTH));
        if (target !== undefined) assert.equal(target, tokenGoesTo(config, auth), name);
      }
    }
  });
});
