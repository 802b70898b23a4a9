import assert from "node:assert/strict";
import { meaningsOf, rankCodes } from "../../src/doctor/explain/explain";
import type { ProblemCode } from "../../src/doctor/problems/knowledge";
import { type Gateway, startGateway } from "../gateway/gateway";
import type { GatewayMode } from "../gateway/modes";
import { askCodex, askOpenCode } from "../harness/clientPrograms";
import { codexAuth, Machine } from "../unit/doctor/machine";
import { workingCodexConfig, workingOpencodeConfig } from "./brokenSetups";

/** What the gateway answers, and the entry for what Codex makes of it. */
const ANSWERS: readonly (readonly [GatewayMode, ProblemCode])[] = [
  ["401-openai", "account/key-invalid"],
  ["401-new-api", "account/key-invalid"],
  ["401-sub2api", "account/key-invalid"],
  ["402", "account/no-quota"],
  ["403", "account/client-not-allowed"],
  ["403-balance", "account/no-quota"],
  ["404-html", "endpoint/html-response"],
  ["404-model", "account/model-unavailable"],
  ["400-model", "account/model-unavailable"],
  ["429", "account/rate-limited"],
  ["429-quota", "account/no-quota"],
  ["200-html", "endpoint/website"],
];
/** OpenCode says nothing to these, or only after more than a minute, and of a page only its reason. */
const CODEX_ONLY: readonly GatewayMode[] = ["404-html", "429", "429-quota", "200-html"];

describe("what the real programs say finds its entry", function () {
  this.timeout(120_000);
  let gateway: Gateway;

  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  for (const [mode, code] of ANSWERS) {
    it(`Codex: ${mode}`, async () => assert.equal(await explain(mode, askCodex), code));
    if (CODEX_ONLY.includes(mode)) continue;
    it(`OpenCode: ${mode}`, async () => assert.equal(await explain(mode, askOpenCode), code));
  }

  async function explain(mode: GatewayMode, ask: typeof askCodex): Promise<string | undefined> {
    gateway.setMode(mode);
    const files = {
      ".codex/config.toml": workingCodexConfig(gateway.url),
      ".codex/auth.json": codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: gateway.key }),
      ".config/opencode/opencode.json": workingOpencodeConfig(gateway.url),
      ".config/tokenpool/api-key": `${gateway.key}\n`,
    };
    return Machine.use({ files }, async ({ home }) => {
      const { stdout, stderr } = await ask(home, "say hi");
      return rankCodes(meaningsOf(stdout + stderr, gateway.url), new Set())[0];
    });
  }
});
