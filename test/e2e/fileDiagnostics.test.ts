import assert from "node:assert/strict";
import * as fs from "node:fs";
import { useSession } from "./support/session";

const CONFIG = `# mine
model_provider = "OpenAI"
model = "gpt-5.5"

[model_providers.OpenAI]
name = "OpenAI"
base_url = "https://tokenpool.dev"
wire_api = "responses"
`;

describe("problems in the clients' files", function () {
  this.timeout(300_000);
  const current = useSession({
    withClients: false,
    homeFiles: {
      ".codex/config.toml": CONFIG,
      "other/config.toml": 'base_url = "https://tokenpool.dev"\n',
    },
  });
  const squiggle = () => current().workbench.page.locator(".squiggly-error").first();
  const problemRow = (text: string) =>
    current().workbench.page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();

  before(async () => {
    await current().setApiKey();
    await current().workbench.closeNotifications();
  });

  it("are underlined as soon as the file is open, and listed in the Problems view", async () => {
    const { workbench } = current();
    await workbench.openFile(".codex/config.toml");
    await squiggle().waitFor();
    await workbench.runCommand("Problems: Focus on Problems View");
    await problemRow("endpoint/website").filter({ hasText: "[Ln 7, Col 12]" }).waitFor();
    await problemRow("codex/key-not-sent").waitFor();
    await workbench.screenshot("problems-view");
  });

  it("are explained in the hover, with a fix", async () => {
    const { workbench } = current();
    await workbench.page
      .locator(".view-line", { hasText: "https://tokenpool.dev" })
      .locator("span span")
      .last()
      .hover();
    const hover = workbench.page.locator(".monaco-hover", { hasText: "Open Troubleshooting" }).first();
    await hover.waitFor();
    await hover.getByText("Fix…").waitFor();
    await hover.getByText("Use the address of an API endpoint.").waitFor();
    await workbench.screenshot("problem-hover");
    await workbench.page.keyboard.press("Escape");
  });

  it("lead to the panel by their code", async () => {
    const { workbench } = current();
    await problemRow("endpoint/website").getByText("endpoint/website", { exact: true }).click();
    await workbench.webview().getByRole("heading", { level: 1 }).waitFor();
    await workbench.openFile(".codex/config.toml");
  });

  it("are fixed together from the light bulb, through the preview", async () => {
    const { workbench } = current();
    await workbench.quickFix("https://tokenpool.dev", "Fix All TokenPool Problems in This File");
    await workbench.answerPreview("Apply");
    await workbench.notification("Fixed: Fix all TokenPool problems in a file").waitFor();
    const { gateway } = current();
    const expected = CONFIG.replace("https://tokenpool.dev", gateway.url);
    assert.equal(current().read(".codex/config.toml").toString(), `${expected}requires_openai_auth = true\n`);
    await workbench.closeNotifications();
  });

  it("go away with the cause, and come while somebody types", async () => {
    const { workbench } = current();
    await workbench.openFile(".codex/config.toml");
    await squiggle().waitFor({ state: "detached" });
    await workbench.page.locator(".view-line", { hasText: "requires_openai_auth" }).click();
    await workbench.page.keyboard.press("End");
    await workbench.page.keyboard.type('\nexperimental_bearer_token = "made up"');
    await workbench.runCommand("Problems: Focus on Problems View");
    await problemRow("codex/bearer-token-overrides").waitFor();
    assert.doesNotMatch(
      fs.readFileSync(current().file(".codex/config.toml"), "utf8"),
      /bearer/,
      "nothing is saved",
    );
    await workbench.screenshot("problem-while-typing");
    await workbench.page.locator(".view-line", { hasText: "experimental_bearer_token" }).click();
    for (let undone = 0; undone < 2; undone++) await workbench.page.keyboard.press("Control+z");
  });

  it("are none in a file of the same name that no client reads", async () => {
    const { workbench } = current();
    await workbench.openFile("other/config.toml");
    await workbench.page.locator(".tab.active", { hasText: "config.toml" }).waitFor();
    await workbench.page.locator(".view-line", { hasText: "https://tokenpool.dev" }).waitFor();
    assert.equal(await squiggle().count(), 0);
  });
});
