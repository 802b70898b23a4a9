import assert from "node:assert/strict";
import { useProxiedSession } from "./support/proxiedSession";
import { writeFile } from "./support/session";

const CHOSEN = "https://api.clawto.link";
const OTHER = "https://api.tokenpool.dev";

describe("both endpoints", function () {
  this.timeout(240_000);
  const current = useProxiedSession(CHOSEN, new URL(OTHER).host, { withClients: false });

  it("out of reach mean that this machine is offline", async () => {
    const { workbench } = current().session;
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    await workbench.statusItem.filter({ hasText: "TokenPool: Offline" }).waitFor();
    await workbench.notification("This machine seems to be offline").waitFor();
    await workbench.closeNotifications();
  });

  it("are told apart when only the chosen one is down, and the other one is offered", async () => {
    const { session, proxy } = current();
    const { workbench, gateway } = session;
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    proxy.unreachableHost = new URL(CHOSEN).host;
    // The way of Codex, which is configured by now, goes through the proxy that its own file names.
    writeFile(session.file(".codex/.env"), `HTTPS_PROXY=http://127.0.0.1:${proxy.port}\n`);
    gateway.clear();
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    await workbench.statusItem.filter({ hasText: "TokenPool: Unreachable" }).waitFor();
    const hover = workbench.page.locator(".monaco-hover", { hasText: "Switch to api.tokenpool.dev" });
    await workbench.statusItem.locator("a").hover();
    // VS Code shows no hover of an item that changes just then, until the mouse comes again.
    await hover.waitFor({ timeout: 10_000 }).catch(async () => {
      await workbench.page.mouse.move(400, 300);
      await workbench.statusItem.locator("a").hover();
      await hover.waitFor();
    });
    await workbench.screenshot("other-endpoint-offered");
    assert.ok(gateway.requests.length > 0, "the other endpoint was asked");
    assert.ok(
      gateway.requests.every(({ authorization }) => authorization === undefined),
      "without the key",
    );
  });

  it("are switched when the user says so, and the clients with them", async () => {
    const { session } = current();
    const { workbench, gateway } = session;
    await workbench.page.mouse.move(400, 300);
    await workbench.closeNotifications();
    await workbench.statusItem.locator("a").click();
    await workbench.quickInput
      .locator(".monaco-list-row", { hasText: "Switch to api.tokenpool.dev" })
      .filter({ hasText: "answers from here" })
      .click();
    await workbench.answer(`The endpoint is ${OTHER} now`, "Update Codex");
    await workbench.answerPreview("Apply");
    await workbench.notification("Codex: updated").waitFor();
    assert.match(
      session.read(".codex/config.toml").toString(),
      /^base_url = "https:\/\/api\.tokenpool\.dev"$/m,
    );
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    // It works, and the one that was chosen before is still down.
    await workbench.statusItem.filter({ hasText: "TokenPool: Limited" }).waitFor();
    assert.ok(gateway.requests.some(({ authorization }) => authorization === `Bearer ${gateway.key}`));
  });
});
