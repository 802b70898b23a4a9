import assert from "node:assert/strict";
import * as fs from "node:fs";
import { useSession } from "./support/session";

describe("the troubleshooting panel", function () {
  this.timeout(240_000);
  const current = useSession({
    homeFiles: {
      ".codex/config.toml": [
        'model_provider = "OpenAI"',
        'model = "gpt-5.5"',
        "",
        "[model_providers.OpenAI]",
        'name = "OpenAI"',
        'base_url = "https://tokenpool.dev"',
        'wire_api = "responses"',
        "requires_openai_auth = true",
        "",
      ].join("\n"),
      ".codex/auth.json": '{"auth_mode":"apikey","OPENAI_API_KEY":"sk-ab12***"}',
    },
  });

  before(() => current().setApiKey());

  it("shows the website as base_url, mends it, and shows it gone", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Open Troubleshooting");
    const page = await workbench.webview();
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    await workbench.screenshot("panel-mistakes");
    console.log(await page.locator("body").innerText());
    assert.ok(fs.existsSync(current().file(".codex/config.toml")));
  });
});
