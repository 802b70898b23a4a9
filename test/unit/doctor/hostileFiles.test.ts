import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { prepareChange } from "../../../src/changes/prepare";
import { Refusal } from "../../../src/changes/refusal";
import { CLIENTS } from "../../../src/clients/registry";
import type { Client, ClientState } from "../../../src/clients/client";
import { diagnose, toFinding } from "../../../src/doctor/diagnose";
import { rankCodes } from "../../../src/doctor/explain/explain";
import { fixFor } from "../../../src/doctor/fixes/fixFor";
import { redactor } from "../../../src/doctor/redact";
import { diagnosticReport, reportMarkdown } from "../../../src/doctor/report";
import type { Snapshot } from "../../../src/doctor/snapshot/snapshot";
import { buildPanel } from "../../../src/panel/buildPanel";
import { withinTenSeconds } from "../watchdog";
import {
  API_KEY,
  codexAuth,
  codexConfig,
  CODEX_FILES,
  ENDPOINT,
  Machine,
  opencodeConfig,
  OPENCODE_FILES,
} from "./machine";

/** A folder stands in the place of the file. */
const FOLDER = Symbol("folder");

type Content = string | Uint8Array | typeof FOLDER;

/** Every file of every client, and what it holds on a machine where all is well. */
const FILES: Readonly<Record<string, string>> = {
  ".codex/config.toml": codexConfig(),
  ".codex/work.config.toml": 'model = "gpt-5.5"\n',
  ".codex/auth.json": codexAuth(),
  ".codex/.env": "A=b\n",
  ".config/opencode/config.json": "{}",
  ".config/opencode/opencode.json": opencodeConfig(),
  ".config/opencode/opencode.jsonc": opencodeConfig(),
  ".opencode/opencode.json": "{}",
  ".config/tokenpool/api-key": `${API_KEY}\n`,
  ".local/share/opencode/auth.json": "{}",
  "project/.codex/config.toml": 'model = "gpt-5.5"\n',
  "project/opencode.json": "{}",
  "project/.opencode/opencode.jsonc": "{}",
};

const LIST = "1,".repeat(2_400_000);
const LONG = "x".repeat(1_000_000);

/** For every file. */
const ANY: Readonly<Record<string, Content>> = {
  empty: "",
  "a directory": FOLDER,
  "no text": new Uint8Array([0, 1, 2, 0xff, 0xfe]),
  "another encoding": Buffer.from("\ufeff{ }", "utf16le"),
  "a broken text": '{ "a" = [ "\n',
  "six million bytes": "#\n".repeat(3_000_000),
  "blank lines": "\n".repeat(1_000_000),
};

const JSON_TEXTS: Readonly<Record<string, Content>> = {
  "every name twice": doubled(opencodeConfig()),
  "every name twice, for Codex": doubled(codexAuth()),
  "a list": "[]",
  "a text": JSON.stringify(LONG),
  null: "null",
  "a long list": `{ "list": [${LIST}1], "model": "x" }`,
  "a hundred thousand levels": "[".repeat(100_000) + "]".repeat(100_000),
  "two thousand levels": '{"provider":'.repeat(2_000) + "1" + "}".repeat(2_000),
  "texts where objects belong": JSON.stringify({
    provider: LONG,
    model: { a: 1 },
    tokens: LONG,
    OPENAI_API_KEY: [LONG],
    tokenpool: LONG,
  }),
  "texts where options belong": JSON.stringify({
    provider: { tokenpool: LONG, openai: { options: [LONG] } },
  }),
  "names of prototypes":
    '{ "__proto__": { "provider": 1 }, "constructor": 1, "provider": { "__proto__": {}, "toString": { "options": { "baseURL": "https://api.clawto.link/x" } } } }',
  "characters that stand for nothing": `{ "model": "\\ud800", "provider": { "tokenpool": { "npm": "\\u0000", "options": { "baseURL": "\\u0000", "apiKey": "{file:\\u0000}{env:\\ud800}" } } } }`,
  "a thousand wrong addresses": JSON.stringify({
    provider: Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [index, { options: { baseURL: `${ENDPOINT}/x` } }]),
    ),
  }),
  "placeholders without an end": JSON.stringify({
    provider: {
      tokenpool: { options: { apiKey: "{file:".repeat(100_000), baseURL: "{env:".repeat(100_000) } },
    },
  }),
};

const TOML_TEXTS: Readonly<Record<string, Content>> = {
  "every name twice": codexConfig() + codexConfig(),
  "a long list": codexConfig({ top: `list = [${LIST}1]` }),
  "a hundred thousand levels": `a = ${"[".repeat(100_000)}${"]".repeat(100_000)}`,
  "a hundred thousand levels in dots": `${"a.".repeat(100_000)}b = 1\n[${"c.".repeat(100_000)}d]\ne = 1\n`,
  "texts where tables belong": `model_provider = "OpenAI"\nmodel_providers = "${LONG}"\nmodel = ["x"]\nnotice = "x"\n`,
  "tables where texts belong": `[model_provider.OpenAI]\nbase_url = "${ENDPOINT}"\n[[model_providers.OpenAI]]\nbase_url = 1\n`,
  "names of prototypes": `model_provider = "__proto__"\n[model_providers.__proto__]\nbase_url = "${ENDPOINT}/x"\n[model_providers.constructor]\nbase_url = "${ENDPOINT}/x"\n`,
  "a thousand wrong addresses": codexConfig({
    more: Array.from(
      { length: 1_000 },
      (_, index) => `[model_providers.p${index}]\nbase_url = "${ENDPOINT}/x"\n`,
    ).join(""),
  }),
  "a long text": codexConfig({ top: `notes = "${LONG}"` }),
};

function contentsFor(file: string): Readonly<Record<string, Content>> {
  if (file.endsWith(".toml")) return { ...ANY, ...TOML_TEXTS };
  return /\.jsonc?$/.test(file) ? { ...ANY, ...JSON_TEXTS } : ANY;
}

/** Each member again behind the last one, in every object. */
function doubled(text: string): string {
  const spelled = (value: unknown): string => {
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${spelled(each)}`);
    return `{${[...members, ...members].join(",\n")}}`;
  };
  return spelled(JSON.parse(text));
}

describe("commands over hostile files", () => {
  for (const file of Object.keys(FILES)) {
    describe(file, () => {
      for (const [title, content] of Object.entries(contentsFor(file))) {
        it(`answers: ${title}`, () => answers(file, content)).timeout(60_000);
      }
    });
  }
});

async function answers(file: string, content: Content): Promise<void> {
  const others = Object.entries(FILES).filter(([name]) => name !== file);
  const hostile = content === FOLDER ? ([`${file}/file`, ""] as const) : ([file, content] as const);
  const files = Object.fromEntries<string | Uint8Array>([...others, hostile]);
  await Machine.use({ files, folders: ["project"], variables: { B: "c" } }, async (machine) => {
    const snapshot = await machine.snapshot();
    const found = withinTenSeconds(() => diagnose(snapshot));
    assert.ok(found.map(toFinding).every(({ message }) => message !== ""));
    withinTenSeconds(() => report(snapshot, machine));
    withinTenSeconds(() => rankCodes([], new Set(found.map(({ code }) => code))));
    for (const { fix } of found) if (fix) await isDoneOrRefused(machine, fix);
    fixFor("codex/remote-compaction", snapshot);
    for (const client of Object.values(CLIENTS)) await plansAnything(machine, client);
    othersStay(file, snapshot);
  });
}

function report(snapshot: Snapshot, { home }: Machine): void {
  const host = { vscode: "", platform: "", node: "" };
  const about = { version: "", generatedAt: "", host, settings: {} };
  const markdown = reportMarkdown(diagnosticReport(snapshot, about), redactor(home, [API_KEY]));
  assert.ok(!markdown.includes(API_KEY));
  buildPanel({ snapshot, problems: diagnose(snapshot) }, { checking: false, homeDirectory: home });
}

async function plansAnything(machine: Machine, client: Client): Promise<void> {
  const { environment } = machine.sources();
  const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
  const state: ClientState = await client.inspect(environment, ENDPOINT);
  client.obstacles(state);
  client.proposals(state);
  const options = { fix: true, versions: ["0.169.0"] };
  await isDoneOrRefused(machine, () => client.planConfiguration(state, profile, options));
  await isDoneOrRefused(machine, () => client.planKeyUpdate(state, API_KEY));
  await isDoneOrRefused(machine, () => client.planRemoval(state, () => undefined));
}

/** What a change answers that cannot be made: a refusal that names the file. */
async function isDoneOrRefused(
  { home }: Machine,
  plan: () => Parameters<typeof prepareChange>[1],
): Promise<void> {
  try {
    await prepareChange(fs, plan());
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.ok(error.where.path?.startsWith(home + path.sep), error.message);
    assert.ok(KNOWN_REFUSALS.has(error.code), error.code);
  }
}

const KNOWN_REFUSALS = new Set([
  "change/invalid-syntax",
  "change/conflict",
  "change/encoding",
  "change/not-a-file",
  "change/too-large",
  "change/check-failed",
]);

/** No file that cannot be read stops the look at the others. */
function othersStay(file: string, { codex, opencode, codexProfiles }: Snapshot): void {
  if (!file.startsWith(".codex/")) {
    assert.equal(codex.usesTokenPool, true);
    assert.equal(codex.apiKey, API_KEY);
    assert.equal(codexProfiles.length, 1);
  }
  if (file.startsWith(".codex/") || file.startsWith("project/")) {
    assert.equal(opencode.usesTokenPool, true);
    assert.equal(opencode.apiKey, API_KEY);
  }
}

describe("a name that stands twice", () => {
  const opencode = opencodeConfig().replace('"tokenpool": {', '"tokenpool": {},\n    "tokenpool": {');
  const files = { ...OPENCODE_FILES, ".config/opencode/opencode.json": opencode };

  it("is no change's to resolve: it is refused with file, line and column", () =>
    Machine.use({ files }, async (machine) => {
      const { environment } = machine.sources();
      const state = await CLIENTS.opencode.inspect(environment, ENDPOINT);
      const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.6", reviewModel: "gpt-5.6" };
      const plan = CLIENTS.opencode.planConfiguration(state, profile, { fix: true, versions: [] });
      await assert.rejects(prepareChange(fs, plan), (error) => {
        assert.ok(error instanceof Refusal);
        const lines = opencode.split("\n");
        const line = lines.findLastIndex((each) => each.includes('"tokenpool"'));
        assert.deepEqual(
          { code: error.code, ...error.where },
          {
            code: "change/conflict",
            path: path.join(machine.home, ".config/opencode/opencode.json"),
            line,
            column: lines[line]?.indexOf('"'),
          },
        );
        return true;
      });
    }));

  it("keeps nobody from configuring the other client", () =>
    Machine.use({ files }, async (machine) => {
      const { environment } = machine.sources();
      const state = await CLIENTS.codex.inspect(environment, ENDPOINT);
      const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
      const options = { fix: true, versions: ["0.169.0"] };
      await machine.apply(CLIENTS.codex.planConfiguration(state, profile, options));
      const codes = diagnose(await machine.snapshot()).map(({ code }) => code);
      assert.deepEqual(codes, ["opencode/duplicate-key"]);
    }));
});

describe("the machine of these tests", () => {
  it("is well, so that what is found is about the hostile file", () =>
    Machine.use({ files: { ...CODEX_FILES, ...OPENCODE_FILES } }, async (machine) => {
      assert.deepEqual(diagnose(await machine.snapshot()), []);
    }));
});
