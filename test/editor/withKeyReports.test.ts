import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { Command } from "../../src/ids";
import { HOME } from "./hostileHome";

/** What people reported in public, tried in the real VS Code; its classes stand in the unit tests. */

const KEY = process.env.TOKENPOOL_TEST_KEY ?? "";
const OFFICIAL = "https://api.clawto.link";
const CODEX = ".codex/config.toml";
const AUTH = ".codex/auth.json";
const OPENCODE = ".config/opencode/opencode.json";

const PROVIDER = `[model_providers.OpenAI]
name = "OpenAI"
base_url = "${OFFICIAL}"
wire_api = "responses"
requires_openai_auth = true
`;

interface Result {
  readonly outcome?: string;
  readonly refusal?: { readonly code: string; readonly line?: number };
  readonly findings: readonly { readonly code: string; readonly range?: { readonly line: number } }[];
}

const call = (command: Command, argument: object = {}) =>
  vscode.commands.executeCommand<Result>(command, { confirm: false, ...argument });
const codesOf = ({ findings }: Result) => findings.map(({ code }) => code);

async function found(code: string) {
  const report = await call(Command.diagnose);
  const finding = report.findings.find((each) => each.code === code);
  assert.ok(finding, `${code} is not among ${codesOf(report).join(", ")}`);
  return finding;
}

/** The host's environment is the one that the extension sees. */
async function withVariables(variables: Record<string, string>, test: () => Promise<void>): Promise<void> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    await test();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(HOME, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

const read = (name: string) => fs.readFileSync(path.join(HOME, name), "utf8");

describe("with a key stored, what people have reported", function () {
  this.timeout(120_000);

  beforeEach(() => {
    for (const folder of [".codex", ".config/opencode", ".var"])
      fs.rmSync(path.join(HOME, folder), { recursive: true, force: true });
    write({ [AUTH]: JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: KEY }) });
  });

  const BLOCK = `model_provider = "OpenAI"\nmodel = "gpt-5.5"\nmodel_reasoning_effort = "xhigh"
disable_response_storage = true\nnetwork_access = "enabled"\nwindows_wsl_setup_acknowledged = true\n\n${PROVIDER}`;
  const PASTED = `personality = "pragmatic"\n\n[features]\nrmcp_client = true\n\n${BLOCK}`;

  it("the block pasted below a table comes out of it by the fix", async () => {
    write({ [CODEX]: PASTED });
    await found("codex/setting-inside-table");
    const { outcome } = await call(Command.applyFix, { code: "codex/setting-inside-table" });
    assert.equal(outcome, "applied");
    assert.match(read(CODEX), /\[features\]\nrmcp_client = true\n+\[model_providers/);
  });

  it("the block pasted below a table comes out of it by Configure Codex", async () => {
    write({ [CODEX]: PASTED });
    assert.equal((await call(Command.configureCodex)).outcome, "applied");
    assert.match(read(CODEX), /\[features\]\nrmcp_client = true\n+\[model_providers/);
  });

  it("two blocks under one id in opencode.json stop no other command", async () => {
    const block = (address: string) => `"tokenpool": { "options": { "baseURL": "${address}/v1" } }`;
    write({
      [OPENCODE]: `{ "provider": {\n${block(OFFICIAL)},\n${block("https://api.tokenpool.dev")}\n} }\n`,
    });
    assert.equal((await found("opencode/duplicate-key")).range?.line, 2);
    assert.equal((await call(Command.configureCodex)).outcome, "applied");
    const { outcome, refusal } = await call(Command.configureOpenCode);
    assert.deepEqual([outcome, refusal?.code, refusal?.line], ["refused", "change/conflict", 2]);
  });

  it("a tilde in CODEX_HOME is nobody's directory", () =>
    withVariables({ CODEX_HOME: "~/.codex" }, async () => {
      write({ [CODEX]: "" });
      await found("codex/home-missing");
      const { outcome, refusal } = await call(Command.configureCodex);
      assert.deepEqual([outcome, refusal?.code], ["refused", "codex/home-missing"]);
    }));

  it("a dead proxy in Codex's .env is named with its line", async () => {
    write({
      [CODEX]: `model_provider = "OpenAI"\nmodel = "gpt-5.5"\n\n${PROVIDER}`,
      ".codex/.env": "HTTPS_PROXY=http://127.0.0.1:9\nHTTP_PROXY=http://127.0.0.1:9\n",
    });
    assert.equal((await found("network/proxy-mismatch")).range?.line, 1);
  });

  it("an address at the top level of config.toml counts as meant for TokenPool", async () => {
    write({
      [CODEX]: `model = "gpt-5.5"\nbase_url = "${OFFICIAL}"\nwire_api = "responses"\n`,
      [AUTH]: JSON.stringify({ auth_mode: "chatgpt", OPENAI_API_KEY: null, tokens: { id_token: "made up" } }),
    });
    assert.equal((await found("codex/requests-go-to-openai")).range?.line, 1);
  });

  it("an OpenCode outside of a Flatpak reads other files", () =>
    withVariables({ XDG_CONFIG_HOME: path.join(HOME, ".var/app/com.visualstudio.code/config") }, async () => {
      write({ [OPENCODE]: '{ "share": "disabled" }\n' });
      const result = await call(Command.configureOpenCode);
      assert.equal(result.outcome, "applied");
      assert.ok(codesOf(result).includes("opencode/wrong-home"), codesOf(result).join(", "));
    }));

  const PASTES: Readonly<Record<string, string>> = {
    "ERROR: stream disconnected before completion: Insufficient account balance": "account/no-quota",
    "ERROR: You’ve hit your usage limit. To get more access now, send a request to your admin or try again later.":
      "account/no-quota",
    "ERROR: unexpected status 401 Unauthorized: Missing bearer or basic authentication in header, url: https://api.clawto.link/responses":
      "codex/key-not-sent",
    "ERROR: unexpected status 524 <unknown status code>: error code: 524, url: https://api.clawto.link/responses":
      "gateway/unavailable",
    'Error finding codex home: CODEX_HOME points to "~/.codex", but that path does not exist':
      "codex/home-missing",
    "Error: Function tools with reasoning_effort are not supported for gpt-5.5 in /v1/chat/completions. Please use /v1/responses instead.":
      "client/wrong-protocol",
  };

  for (const [text, code] of Object.entries(PASTES)) {
    it(`the pasted “${text.slice(0, 60)}…” is explained`, async () => {
      // With nothing wrong in the files, whose problems would come first.
      write({ [CODEX]: `model_provider = "OpenAI"\nmodel = "gpt-5.5"\n\n${PROVIDER}` });
      const explained = await vscode.commands.executeCommand<{ code: string }[]>(Command.explainError, {
        text,
      });
      assert.equal(explained[0]?.code, code, JSON.stringify(explained));
    });
  }
});
