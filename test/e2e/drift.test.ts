import assert from "node:assert/strict";
import * as fs from "node:fs";
import { useSession } from "./support/session";

/** As CC Switch leaves the file when another provider is chosen there. */
const BY_CC_SWITCH = `model_provider = "custom"
model = "gpt-5-codex"

[model_providers.custom]
name = "Elsewhere"
base_url = "https://elsewhere.example/v1"
wire_api = "responses"
requires_openai_auth = true
`;

describe("another program that takes Codex away from TokenPool", function () {
  this.timeout(180_000);
  const current = useSession({ withClients: false, homeFiles: { ".cc-switch/config.json": "{}" } });
  const hover = (text: string) => current().workbench.page.locator(".monaco-hover", { hasText: text });
  const hoverStatus = () => current().workbench.statusItem.locator("a").hover();

  before(async () => {
    const session = current();
    await session.setApiKey();
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await session.workbench.closeNotifications();
    fs.writeFileSync(session.file(".codex/config.toml"), BY_CC_SWITCH);
    await session.workbench.reload();
  });

  it("is named in the hover after the next start, without a pop-up", async () => {
    const { workbench } = current();
    await hoverStatus();
    await hover("probably by CC Switch").waitFor();
    assert.equal(await workbench.page.locator(".notification-toast").count(), 0);
    await workbench.screenshot("drift-hover");
    await workbench.page.mouse.move(400, 300);
  });

  it("is undone from the status bar, and forgotten then", async () => {
    const { workbench } = current();
    await workbench.statusItem.locator("a").click();
    const offer = workbench.quickInput.locator(".monaco-list-row", { hasText: "probably by CC Switch" });
    await offer.waitFor();
    await workbench.screenshot("drift-offer");
    await offer.click();
    await workbench.answerPreview("Apply");
    await workbench.notification("Fixed: ").waitFor();
    const text = current().read(".codex/config.toml").toString();
    assert.match(text, /^model_provider = "OpenAI"$/m);
    assert.ok(text.includes("[model_providers.custom]"), "the other provider is still there");
    await workbench.closeNotifications();
    await hoverStatus();
    await hover("Codex: TokenPool").waitFor();
    assert.equal(await hover("probably by CC Switch").count(), 0);
  });
});
