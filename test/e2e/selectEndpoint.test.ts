import assert from "node:assert/strict";
import * as fs from "node:fs";
import { useSession } from "./support/session";

describe("Select Endpoint…", function () {
  this.timeout(180_000);
  const current = useSession({ withClients: false });

  before(async () => {
    await current().setApiKey();
    await current().runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
  });

  it("shows both endpoints, the recommended one marked, with what a measurement found", async () => {
    const { workbench, gateway } = current();
    await workbench.runCommand("TokenPool: Select Endpoint…");
    const row = (text: string) => workbench.quickInput.locator(".monaco-list-row", { hasText: text });
    await row("api.clawto.link")
      .filter({ hasText: "recommended" })
      .filter({ hasText: "The endpoint's name cannot be resolved" })
      .waitFor();
    await row("api.tokenpool.dev").filter({ hasText: "The endpoint's name cannot be resolved" }).waitFor();
    await row(new URL(gateway.url).host)
      .filter({ hasText: "in use" })
      .filter({ hasText: /answers in \d+ ms/ })
      .waitFor();
    await workbench.screenshot("select-endpoint");
  });

  it("measures without the key", () => {
    const measured = current().gateway.requests.at(-1);
    assert.ok(measured);
    assert.equal(measured.path, "/v1/models");
    assert.equal(measured.authorization, undefined);
  });

  it("stores the choice and rewrites the configured client in a preview", async () => {
    const { workbench, server } = current();
    await workbench.quickInput.locator(".monaco-list-row", { hasText: "api.tokenpool.dev" }).click();
    await workbench.answer("The files of Codex still name the old one", "Update Codex");
    await workbench.answerPreview("Apply");
    await workbench.notification("Codex: updated").waitFor();
    const config = current().read(".codex/config.toml").toString();
    assert.match(config, /^base_url = "https:\/\/api\.tokenpool\.dev"$/m);
    const machine = JSON.parse(fs.readFileSync(`${server.userData}/Machine/settings.json`, "utf8")) as object;
    assert.deepEqual(machine, { "tokenpool.baseUrl": "https://api.tokenpool.dev" });
  });
});
