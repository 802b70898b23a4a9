import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope: string; readonly default: unknown }>>;
    };
  };
}

/** Commands that only our own buttons run; no part of the public contract. */
const INTERNAL = ["tokenpool.showActions", "tokenpool.unstageKey", "tokenpool.replaceApiKey"];

/** The fixed contract (design.md section 3): ids, scopes and defaults that other programs rely on. */
const COMMANDS = [
  "setUp",
  "setApiKey",
  "selectApiKey",
  "removeApiKey",
  "configureCodex",
  "configureOpenCode",
  "addToCcSwitch",
  "selectEndpoint",
  "selectModel",
  "checkHealth",
  "troubleshoot",
  "diagnose",
  "applyFix",
  "fixAll",
  "explainError",
  "removeConfiguration",
  "restoreConfiguration",
  "sendTestRequest",
  "copyReport",
  "openCodex",
  "openOpenCode",
  "getStarted",
  "openConsole",
  "showLog",
  "applyPreview",
  "cancelPreview",
  "changePreview",
].map((name) => `tokenpool.${name}`);

const SETTINGS: Readonly<Record<string, { scope: string; default: unknown }>> = {
  "tokenpool.baseUrl": { scope: "machine", default: "https://api.clawto.link" },
  "tokenpool.model": { scope: "application", default: "gpt-5.5" },
  "tokenpool.reviewModel": { scope: "application", default: "gpt-5.5" },
  "tokenpool.healthCheck.enabled": { scope: "application", default: true },
  "tokenpool.healthCheck.intervalMinutes": { scope: "application", default: 5 },
  "tokenpool.statusBar.visible": { scope: "application", default: true },
  "tokenpool.diagnostics.enabled": { scope: "application", default: true },
  "tokenpool.secretGuard.enabled": { scope: "application", default: true },
  "tokenpool.codex.home": { scope: "machine", default: "" },
  "tokenpool.opencode.configDirectory": { scope: "machine", default: "" },
};

describe("the public contract", () => {
  const extension = vscode.extensions.getExtension("tokenpool.tokenpool");
  const manifest = extension?.packageJSON as Manifest;
  const declared = manifest.contributes.commands.map(({ command }) => command);

  before(async () => {
    await extension?.activate();
  });

  it("registers every command that package.json declares, and no other", async () => {
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith("tokenpool."));
    assert.deepEqual(registered.sort(), [...declared].sort());
  });

  it("declares only commands of the contract, in its category", () => {
    const unknown = declared.filter((id) => !COMMANDS.includes(id) && !INTERNAL.includes(id));
    assert.deepEqual(unknown, []);
    const categories = new Set(manifest.contributes.commands.map(({ category }) => category));
    assert.deepEqual([...categories], ["TokenPool"]);
  });

  it("declares settings with the scopes and defaults of the contract", () => {
    for (const [id, { scope, default: value }] of Object.entries(
      manifest.contributes.configuration.properties,
    )) {
      assert.deepEqual({ id, scope, default: value }, { id, ...SETTINGS[id] });
    }
  });

  it("has a text for every %key% and no text too many", () => {
    const folder = extension?.extensionPath ?? "";
    const used = fs.readFileSync(path.join(folder, "package.json"), "utf8").match(/%[\w.]+%/g) ?? [];
    const texts = JSON.parse(fs.readFileSync(path.join(folder, "package.nls.json"), "utf8")) as Record<
      string,
      string
    >;
    assert.deepEqual(
      [...new Set(used)].sort(),
      Object.keys(texts)
        .map((key) => `%${key}%`)
        .sort(),
    );
  });
});

describe("commands without a key and without dialogs", () => {
  it("refuses to configure with the code of the contract, and writes nothing", async () => {
    const result = await vscode.commands.executeCommand<{ outcome: string; refusal: { code: string } }>(
      "tokenpool.configureCodex",
      { confirm: false },
    );
    assert.equal(result.outcome, "refused");
    assert.equal(result.refusal.code, "key/missing");
    assert.equal(fs.existsSync(path.join(process.env.HOME ?? "", ".codex/config.toml")), false);
  });

  it("hands nothing over to CC Switch", async () => {
    const result = await vscode.commands.executeCommand("tokenpool.addToCcSwitch", { confirm: false });
    assert.deepEqual(result, { outcome: "refused" });
  });

  it("has nothing to restore or to remove", async () => {
    const answers = await Promise.all(
      ["tokenpool.restoreConfiguration", "tokenpool.removeConfiguration"].map((id) =>
        vscode.commands.executeCommand<{ outcome: string }>(id, { client: "codex", confirm: false }),
      ),
    );
    assert.deepEqual(
      answers.map(({ outcome }) => outcome),
      ["unchanged", "unchanged"],
    );
  });

  it("answers a health check as plain JSON", async () => {
    const report = await vscode.commands.executeCommand<Record<string, unknown>>("tokenpool.checkHealth");
    assert.deepEqual(
      { ...report, checkedAt: undefined },
      {
        state: "noKey",
        code: "key/missing",
        endpoint: process.env.TOKENPOOL_TEST_GATEWAY,
        checkedAt: undefined,
        via: "direct",
        phases: { totalMs: 0 },
      },
    );
  });
});
