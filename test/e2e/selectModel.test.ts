import assert from "node:assert/strict";
import { askCodex } from "../harness/clientPrograms";
import { useSession } from "./support/session";

describe("Select Model…", function () {
  this.timeout(180_000);
  const current = useSession({
    withClients: false,
    settings: { "tokenpool.reviewModel": "gpt-5.5-retired" },
  });
  const row = (text: string) =>
    current().workbench.quickInput.locator(".monaco-list-row", { hasText: text }).first();

  before(async () => {
    await current().setApiKey();
    await current().runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await current().workbench.closeNotifications();
  });

  it("flags a configured model that is not offered", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Select Model…");
    await row("Review model").filter({ hasText: "gpt-5.5-retired · not offered to your key" }).waitFor();
    await row("Review model").locator(".codicon-warning").waitFor();
    await workbench.screenshot("select-model");
  });

  it("lists what the gateway offers, with the configured one marked", async () => {
    const { workbench } = current();
    await workbench.pick("Select Model", "Review model");
    await row("gpt-5.5-retired").filter({ hasText: "in use · not offered to your key" }).waitFor();
    const labels = await workbench.quickInput.locator(".monaco-list-row .label-name").allTextContents();
    assert.deepEqual(labels, ["gpt-5.5-retired", "gpt-5.5", "gpt-5.4", "gpt-5.4-mini"]);
  });

  it("stores the choice and writes it into the configured client in a preview", async () => {
    const { workbench } = current();
    await row("gpt-5.4-mini").click();
    await workbench.answer("Review model is gpt-5.4-mini now", "Update Codex");
    await workbench.answerPreview("Apply");
    await workbench.notification("Codex: updated").waitFor();
    assert.match(current().read(".codex/config.toml").toString(), /^review_model = "gpt-5\.4-mini"$/m);
    assert.match(current().read(".codex/config.toml").toString(), /^model = "gpt-5\.5"$/m);
  });

  it("makes the real Codex ask for the chosen model", async () => {
    const { workbench, gateway, server } = current();
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Select Model…");
    await workbench.pick("Select Model", "Model");
    await workbench.pick("Model", "gpt-5.4-mini");
    await workbench.answer("Model is gpt-5.4-mini now", "Update Codex");
    await workbench.answerPreview("Apply");
    await workbench.notification("Codex: updated").waitFor();
    gateway.clear();
    const { stdout, stderr } = await askCodex(server.home, "say hi");
    assert.match(stdout, /Hello from the TokenPool simulator/, stderr);
    const asked = gateway.requests.find(({ method }) => method === "POST");
    assert.match(asked?.body ?? "", /"model":"gpt-5\.4-mini"/);
  });

  it("says what else can be done when the gateway gives no list", async () => {
    const { workbench, gateway } = current();
    await workbench.closeNotifications();
    gateway.setMode("500");
    await workbench.runCommand("TokenPool: Select Model…");
    await workbench.notification("gave no list of models").waitFor();
    await workbench.answer("gave no list of models", "Open Settings");
    await workbench.page.locator(".settings-editor").waitFor();
  });
});
