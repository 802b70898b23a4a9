import assert from "node:assert/strict";
import { useSession } from "./support/session";

const ANSWER = "Hello from the TokenPool simulator";

describe("the clients in VS Code's terminal", function () {
  this.timeout(300_000);
  const current = useSession({
    // Without the graphics card the terminal's text is in the page, where the test can find it.
    settings: { "terminal.integrated.gpuAcceleration": "off" },
    environment: {
      // The simulator speaks plain HTTP; whatever a program wants from elsewhere ends at a closed port.
      HTTPS_PROXY: "http://127.0.0.1:1",
      OPENCODE_DISABLE_MODELS_FETCH: "1",
      npm_config_registry: "http://127.0.0.1:1/",
    },
    homeFiles: { ".codex/config.toml": "check_for_update_on_startup = false\n" },
  });
  const row = (text: string | RegExp) =>
    current()
      .workbench.page.locator(".terminal-wrapper.active .xterm-rows > div")
      .filter({ hasText: text })
      .first();
  const asked = () =>
    current()
      .gateway.requests.filter(({ method }) => method === "POST")
      .map(({ path }) => path);

  before(() => current().setApiKey());

  for (const [name, command, path] of [
    ["Codex", "codex exec", "/responses"],
    ["OpenCode", "opencode run", "/v1/responses"],
  ] as const)
    it(`shows the real ${name} answer at one click after Apply`, async () => {
      const { workbench, gateway } = current();
      await workbench.closeNotifications();
      await workbench.runCommand(`TokenPool: Configure ${name}`);
      await workbench.answerPreview("Apply");
      gateway.clear();
      await workbench.answer(`${name} now uses TokenPool`, `Try ${name} (uses quota)`);
      await row(command).waitFor();
      await row(ANSWER).waitFor();
      await workbench.screenshot(`try-${name}`);
      assert.deepEqual([...new Set(asked())], [path]);
    });

  it("name the question of Codex's first screen before it comes", async () => {
    const { workbench } = current();
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Open Codex in Terminal");
    await workbench.dialog.getByText("Codex will offer gpt-6-sol in place of gpt-5.5").waitFor();
    await workbench.screenshot("open-codex-question");
    await workbench.dialog.getByRole("button", { name: "Open Codex", exact: true }).click();
    await row("Use existing model").waitFor();
    await workbench.screenshot("open-codex");
  });

  it("open OpenCode too", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Open OpenCode in Terminal");
    await row(/Ask anything/).waitFor();
    await workbench.screenshot("open-opencode");
  });
});
