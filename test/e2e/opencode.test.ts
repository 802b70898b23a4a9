import assert from "node:assert/strict";
import * as fs from "node:fs";
import { askOpenCode, runOpenCode } from "../harness/clientPrograms";
import { useSession } from "./support/session";

const CONFIG = `{
  // My OpenCode settings
  "$schema": "https://opencode.ai/config.json",
  "theme": "system", // as the desktop has it
  "provider": {
    /* the one at work */
    "work": { "npm": "@ai-sdk/openai-compatible", "options": { "baseURL": "https://work.example/v1" } },
  },
}
`;

describe("Configure OpenCode", function () {
  this.timeout(240_000);
  const current = useSession({ homeFiles: { ".config/opencode/opencode.jsonc": CONFIG } });

  before(() => current().setApiKey());

  it("keeps the comments and the other provider, and puts the key into a file of its own", async () => {
    const session = current();
    await session.runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    await session.workbench.screenshot("configured-opencode");
    const config = session.read(".config/opencode/opencode.jsonc").toString();
    for (const line of CONFIG.split("\n").filter((text) => text.includes("//") || text.includes("work"))) {
      assert.ok(config.includes(line), `still there: ${line}`);
    }
    assert.ok(!config.includes(session.gateway.key), "the key is not in the configuration");
    assert.equal(session.read(".config/tokenpool/api-key").toString().trim(), session.gateway.key);
    assert.equal(fs.statSync(session.file(".config/tokenpool/api-key")).mode & 0o777, 0o600);
  });

  it("makes the real OpenCode answer through the gateway with the key", async () => {
    const { gateway, server } = current();
    gateway.clear();
    const answer = await askOpenCode(server.home, "say hi");
    assert.match(answer.stdout, /Hello from the TokenPool simulator/, answer.stderr);
    const asked = gateway.requests.filter(({ method }) => method === "POST");
    assert.deepEqual([...new Set(asked.map(({ path }) => path))], ["/v1/responses"]);
    assert.deepEqual(
      [...new Set(asked.map(({ authorization }) => authorization))],
      [`Bearer ${gateway.key}`],
    );
  });

  it("brings every byte back, and OpenCode still starts", async () => {
    const { workbench, server } = current();
    await workbench.runCommand("TokenPool: Restore Previous Configuration…");
    await workbench.pick("Restore Previous Configuration", "Configure OpenCode for TokenPool");
    await workbench.answerPreview("Apply");
    await workbench.notification("The previous configuration is back").waitFor();
    assert.equal(current().read(".config/opencode/opencode.jsonc").toString(), CONFIG);
    assert.equal(fs.existsSync(current().file(".config/tokenpool/api-key")), false);
    const models = await runOpenCode(server.home, ["models"]);
    assert.equal(models.code, 0, models.stderr);
    assert.ok(!models.stdout.includes("tokenpool/"));
  });

  it("takes itself out again", async () => {
    const session = current();
    const { workbench } = session;
    await workbench.closeNotifications();
    await session.runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Remove TokenPool from a Client…");
    await workbench.pick("Remove TokenPool from", "OpenCode");
    await workbench.answerPreview("Apply");
    await workbench.notification("TokenPool was removed from OpenCode").waitFor();
    assert.equal(session.read(".config/opencode/opencode.jsonc").toString(), CONFIG);
    assert.equal(fs.existsSync(session.file(".config/tokenpool/api-key")), false);
  });
});
