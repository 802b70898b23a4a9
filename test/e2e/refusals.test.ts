import assert from "node:assert/strict";
import * as path from "node:path";
import { useSession, writeFile } from "./support/session";

describe("refusals", function () {
  this.timeout(180_000);
  const current = useSession({
    withClients: false,
    homeFiles: { ".codex/config.toml": 'model = "x"\nmodel = "y"\n' },
  });

  const enter = async (text: string) => {
    await current().workbench.input.fill(text);
    await current().workbench.page.keyboard.press("Enter");
  };

  it("says why it refuses a key, hides what is typed and shows it on demand", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Set API Key…");
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    assert.equal(await workbench.input.getAttribute("type"), "password");
    await enter("sk-ab12***");
    await workbench.quickInput.getByText("This is a masked key").waitFor();
    await enter("sk-short");
    await workbench.quickInput.getByText("too short").waitFor();
    await workbench.quickInput.getByRole("button", { name: "Show the key" }).click();
    await workbench.quickInput.locator("input[type=text]").waitFor();
    await workbench.screenshot("key-refused");
    await workbench.quickInput.getByRole("button", { name: "Hide the key" }).click();
  });

  it("asks again for a key that the gateway does not know yet, and lets another one be typed meanwhile", async () => {
    await enter(`sk-${"0f".repeat(32)}`);
    await current().workbench.quickInput.getByText("Checking: the gateway may need half a minute").waitFor();
    await current().workbench.screenshot("key-not-known-yet");
  });

  it("lets the user decide when the gateway cannot be asked", async () => {
    const { workbench, gateway } = current();
    gateway.setMode("500");
    await enter(gateway.key);
    await workbench.dialog.getByText("The API key could not be checked").waitFor();
    await workbench.screenshot("key-unchecked");
    await workbench.dialog.getByRole("button", { name: "Store Anyway" }).click();
    await workbench.notification("API key stored").waitFor();
    gateway.setMode("ok");
    // In the background the next check would follow much later.
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    await workbench.statusItem.filter({ hasText: "TokenPool: 1 Problem" }).waitFor();
    await workbench.closeNotifications();
  });

  it("names line and column of a broken file, opens it there and leaves it alone", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Configure Codex");
    await workbench.notification(/config\.toml, line 2, column 1/).waitFor();
    await workbench.screenshot("refused-file");
    await workbench.answer(/config\.toml, line 2/, "Open File");
    await workbench.page.locator(".tab", { hasText: "config.toml" }).waitFor();
    await workbench.page.locator(".part.statusbar", { hasText: "Ln 2, Col 1" }).waitFor();
    assert.equal(current().read(".codex/config.toml").toString(), 'model = "x"\nmodel = "y"\n');
  });

  it("makes no button of a folder's name", async () => {
    const { workbench, server, gateway } = current();
    await workbench.closeNotifications();
    const name = "[press me](command:workbench.action.terminal.new) $(trash)";
    const folder = current().file(name);
    writeFile(path.join(folder, "config.toml"), 'model = "x"\nmodel = "y"\n');
    server.writeMachineSettings({ "tokenpool.baseUrl": gateway.url, "tokenpool.codex.home": folder });
    // VS Code takes a setting over from the file in its own time.
    await workbench.reload();
    await workbench.runCommand("TokenPool: Configure Codex");
    const message = workbench.notification(/press me.*config\.toml, line 2, column 1/);
    await message.getByText("[press me] (command:workbench.action.terminal.new) $ (trash)").waitFor();
    assert.equal(await message.locator("a", { hasText: "press me" }).count(), 0);
    await workbench.closeNotifications();
    server.writeMachineSettings({ "tokenpool.baseUrl": gateway.url });
  });

  const addresses: [string, RegExp][] = [
    ["https://tokenpool.dev", /website, not its API.*https:\/\/api\.clawto\.link/],
    ["https://tokenpool.dev/console/api-keys", /website, not its API.*https:\/\/api\.clawto\.link/],
    ["https://cdn.tokenpool.dev", /website, not its API.*https:\/\/api\.clawto\.link/],
    ["http://api.clawto.link", /unencrypted.*https:\/\/api\.clawto\.link/],
    ["https://me:secret@api.clawto.link", /no user name/],
    ["https://api.clawto.link/v1/v1", /does not belong in the address/],
  ];
  for (const [address, reason] of addresses) {
    it(`refuses ${address} as base URL`, async () => {
      const { workbench, server, gateway } = current();
      await workbench.closeNotifications();
      server.writeMachineSettings({ "tokenpool.baseUrl": gateway.url });
      await workbench.statusItem.filter({ hasText: "TokenPool: 1 Problem" }).waitFor();
      server.writeMachineSettings({ "tokenpool.baseUrl": address });
      await workbench.statusItem.filter({ hasText: "Wrong Address" }).waitFor();
      await workbench.runCommand("TokenPool: Configure Codex");
      await workbench.notification(reason).waitFor();
      assert.equal(current().read(".codex/config.toml").toString(), 'model = "x"\nmodel = "y"\n');
    });
  }
});
