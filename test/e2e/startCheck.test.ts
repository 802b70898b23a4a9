import assert from "node:assert/strict";
import { useSession, writeFile } from "./support/session";

const CODEX = ".codex/config.toml";
const OPENCODE = ".config/opencode/opencode.json";

/** As somebody pasted it from the page of another program: neither client starts with it. */
const HOME = {
  [CODEX]: 'model = "gpt-5.4"\n\n[mcp_servers.codex_app]\nenabled = true\n',
  [OPENCODE]: '{\n  "mcp": {\n    "gitnexus": { "command": "npx", "args": ["-y", "gitnexus"] }\n  }\n}\n',
};

describe("a client that rejects something elsewhere in its file", function () {
  this.timeout(180_000);
  const current = useSession({ homeFiles: HOME });
  before(() => current().setApiKey());

  it("is asked after the change, and the message leads to what Codex names", async () => {
    const { workbench } = current();
    await current().runAndApply(
      "TokenPool: Configure Codex",
      /Codex now uses TokenPool\. Codex does not start with this configuration\. It says: invalid transport/,
    );
    await workbench.screenshot("does-not-start");
    await workbench.answer("Codex does not start", "Open File");
    await workbench.page.getByText("[mcp_servers.codex_app]").first().waitFor();
    assert.match(current().read(CODEX).toString(), /base_url/, "our change is made all the same");
  });

  it("is asked after the change, and OpenCode names the entry", async () => {
    const { workbench } = current();
    await workbench.closeNotifications();
    await current().runAndApply(
      "TokenPool: Configure OpenCode",
      /OpenCode now uses TokenPool\. OpenCode does not start with this configuration\. It says: .*\(mcp\.gitnexus\)/,
    );
  });

  it("stands in the panel, with its place, until the file is corrected", async () => {
    const { workbench } = current();
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Run Diagnostics");
    const panel = workbench.webview();
    await panel.getByText("Codex does not start with this configuration").first().waitFor();
    await panel.getByText("OpenCode does not start with this configuration").first().waitFor();
  });

  it("is asked after the panel's fix of something else too", async () => {
    const { workbench } = current();
    const config = current().read(CODEX).toString();
    const wire = 'wire_api = "responses"\n';
    assert.ok(config.includes(wire));
    writeFile(current().file(CODEX), config.replace(wire, `${wire}supports_websockets = true\n`));
    // Not Run Diagnostics: at its end it brings the panel to the front, over the preview.
    await workbench.runCommand("TokenPool: Open Troubleshooting");
    const problem = workbench
      .webview()
      .locator("li.problem")
      .filter({ hasText: "Codex tries WebSockets first" });
    await problem.getByRole("button", { name: /^Fix/ }).first().click();
    await workbench.answerPreview("Apply");
    await workbench.notification(/Fixed: .* Codex does not start with this configuration/).waitFor();
    assert.equal(current().read(CODEX).toString(), config);
  });

  it("starts once the entry is gone, and says so", async () => {
    const { workbench } = current();
    const fixed = current().read(CODEX).toString().replace("[mcp_servers.codex_app]\nenabled = true\n", "");
    writeFile(current().file(CODEX), fixed.replace('model_provider = "OpenAI"\n', ""));
    await workbench.closeNotifications();
    await current().runAndApply(
      "TokenPool: Configure Codex",
      "Codex now uses TokenPool, and starts with this configuration.",
    );
  });
});
