import assert from "node:assert/strict";
import { useSession } from "./support/session";

const OPENCODE = ".config/opencode/opencode.json";

/** One block for each address under one id: OpenCode takes the last. */
const TWO_BLOCKS = [
  "{",
  '  "provider": {',
  '    "tokenpool": { "options": { "baseURL": "https://api.clawto.link/v1" } },',
  '    "tokenpool": { "options": { "baseURL": "https://api.tokenpool.dev/v1" } }',
  "  }",
  "}",
  "",
].join("\n");

describe("a name that stands twice in opencode.json", function () {
  this.timeout(180_000);
  const current = useSession({ withClients: false, homeFiles: { [OPENCODE]: TWO_BLOCKS } });
  before(() => current().setApiKey());

  it("keeps nobody from configuring Codex", async () => {
    await current().runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await current().workbench.closeNotifications();
    assert.match(current().read(".codex/config.toml").toString(), /model_provider = "OpenAI"/);
  });

  it("is named with line and column where OpenCode should be configured, and the file stays as it is", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Configure OpenCode");
    await workbench
      .notification(/opencode\.json, line 4, column 5: "tokenpool" is in the file twice/)
      .waitFor();
    assert.equal(current().read(OPENCODE).toString(), TWO_BLOCKS);
  });
});
