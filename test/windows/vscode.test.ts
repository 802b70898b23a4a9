import assert from "node:assert/strict";
import { type Gateway, startGateway } from "../gateway/gateway";
import { launchBrowser } from "../harness/browser";
import { Cleanup } from "../harness/cleanup";
import { Workbench } from "../harness/workbench";
import { VSCodeOnWindows } from "./vscodeOnWindows";

describe("the extension in VS Code's server on Windows", function () {
  this.timeout(300_000);
  let gateway: Gateway;
  let server: VSCodeOnWindows;
  let workbench: Workbench;
  const cleanup = new Cleanup();

  before(async () => {
    gateway = await startGateway();
    cleanup.add(() => gateway.close());
    server = await VSCodeOnWindows.start({ "tokenpool.baseUrl": gateway.url });
    cleanup.add(() => server.stop());
    const browser = await launchBrowser();
    cleanup.add(() => browser.close());
    workbench = await Workbench.open(browser, server.workbenchUrl);
  });
  after(() => cleanup.run());
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot(`windows ${this.currentTest.title}`);
  });

  it("stores a key that its endpoint accepts", async () => {
    await workbench.statusItem.filter({ hasText: "Set Up" }).waitFor();
    await workbench.runCommand("TokenPool: Set API Key…");
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    await workbench.input.fill(gateway.key);
    await workbench.page.keyboard.press("Enter");
    await workbench.notification("API key stored").waitFor();
    await workbench.closeNotifications();
  });

  it("configures Codex in the person's home", async () => {
    await workbench.runCommand("TokenPool: Configure Codex");
    await workbench.answerPreview("Apply");
    await workbench.notification("Codex now uses TokenPool").waitFor();
    const config = (await server.read(".codex/config.toml")) ?? "";
    assert.ok(config.includes(`base_url = "${gateway.url}"`), config);
    assert.ok((await server.read(".codex/auth.json"))?.includes(gateway.key));
    await workbench.statusItem.filter({ has: workbench.page.locator(".codicon-check") }).waitFor();
    await workbench.closeNotifications();
  });

  it("restores what was there, which was nothing", async () => {
    await workbench.runCommand("TokenPool: Restore Previous Configuration…");
    await workbench.quickInput.locator(".monaco-list-row").first().click();
    await workbench.answerPreview("Apply");
    await workbench.notification(/./).first().waitFor();
    assert.equal(await server.read(".codex/config.toml"), undefined);
    assert.equal(await server.read(".codex/auth.json"), undefined);
  });
});
