import assert from "node:assert/strict";
import { useSession } from "./support/session";

describe("the diagnostic report", function () {
  this.timeout(180_000);
  const current = useSession({
    homeFiles: {
      ".codex/config.toml":
        'model_provider = "OpenAI"\n\n[model_providers.OpenAI]\nname = "OpenAI"\nbase_url = "https://tokenpool.dev"\n',
    },
  });

  before(async () => {
    await current().setApiKey();
    await current().workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  });

  it("is copied, says so, and can be looked at", async () => {
    const { workbench, gateway, server } = current();
    await workbench.runCommand("TokenPool: Copy Diagnostic Report");
    await workbench.answer("The diagnostic report is in the clipboard", "Show It");
    await workbench.page.locator(".view-line", { hasText: "# TokenPool diagnostic report" }).waitFor();
    await workbench.screenshot("diagnostic-report");
    const copied = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    assert.match(
      copied,
      /- error `endpoint\/website` in `~\/\.codex\/config\.toml`, line 5 \(can be fixed\)/,
    );
    assert.match(copied, /- `127\.0\.0\.1:\d+`: ok/);
    assert.match(copied, /- Codex 0\.169\.0/);
    assert.ok(!copied.includes(gateway.key.slice(0, 20)));
    assert.ok(!copied.includes(server.home));
  });

  it("is looked for anew by Run Diagnostics, which opens the panel", async () => {
    const { workbench } = current();
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Run Diagnostics");
    await workbench.webview().getByText("Base URL points to a website, not the API").first().waitFor();
  });
});
