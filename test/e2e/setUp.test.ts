import assert from "node:assert/strict";
import * as fs from "node:fs";
import { askCodex, askOpenCode } from "../harness/clientPrograms";
import { useSession } from "./support/session";

const OPENCODE = '{\n  // mine\n  "theme": "system",\n}\n';

describe("Set Up…", function () {
  this.timeout(240_000);
  const current = useSession({
    homeFiles: {
      ".codex/config.toml": "# mine\ncheck_for_update_on_startup = false\n",
      ".config/opencode/opencode.jsonc": OPENCODE,
    },
  });

  it("starts at a click on the status bar and leads from nothing to both clients in one preview", async () => {
    const { workbench, gateway } = current();
    await workbench.statusItem.filter({ hasText: "Set Up" }).waitFor();
    await workbench.statusItem.locator("a").click();
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    await workbench.input.fill(gateway.key);
    await workbench.page.keyboard.press("Enter");
    await workbench.previewAction("Change…").click();
    await workbench.pick("Change What Is Applied", "Clients…");
    await workbench.quickInput
      .locator(".quick-input-title", { hasText: "Set Up TokenPool: Clients" })
      .waitFor();
    await workbench.quickInput.getByText("0.169.0").waitFor();
    await workbench.screenshot("set-up-clients");
    const ticked = workbench.quickInput.locator(
      ".monaco-list-row input[type=checkbox][aria-checked=true], .monaco-list-row .monaco-checkbox.checked",
    );
    assert.equal(await ticked.count(), 2, "both installed clients are ticked");
    await workbench.page.keyboard.press("Enter");
    await workbench.previewAction("Apply").waitFor();
    await workbench.page.locator(".part.editor", { hasText: "opencode.jsonc" }).waitFor();
    await workbench.screenshot("set-up-preview");
    const shown = await workbench.page.locator("body").innerText();
    assert.ok(!shown.includes(gateway.key.slice(0, 20)), "the key is masked in every file of the preview");
    await workbench.answerPreview("Apply");
    await workbench.notification(/TokenPool is set up for Codex, OpenCode.*The endpoint works/).waitFor();
    await workbench.screenshot("set-up-done");
  });

  it("makes both real clients answer", async () => {
    const { server } = current();
    const [codex, opencode] = [
      await askCodex(server.home, "say hi"),
      await askOpenCode(server.home, "say hi"),
    ];
    assert.match(codex.stdout, /Hello from the TokenPool simulator/, codex.stderr);
    assert.match(opencode.stdout, /Hello from the TokenPool simulator/, opencode.stderr);
  });

  it("shows in the hover which clients use TokenPool", async () => {
    const { workbench } = current();
    await workbench.closeNotifications();
    await workbench.statusItem.locator("a").hover();
    const hover = workbench.page.locator(".monaco-hover", {
      hasText: "Codex: TokenPool · OpenCode: TokenPool",
    });
    await hover.waitFor();
    await workbench.screenshot("status-hover");
    await workbench.page.keyboard.press("Escape");
  });

  it("lists the two changes apart, so that each can be undone by itself", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Restore Previous Configuration…");
    await workbench.pick("Restore Previous Configuration", "Configure OpenCode for TokenPool");
    await workbench.answerPreview("Apply");
    await workbench.notification("The previous configuration is back").waitFor();
    assert.equal(current().read(".config/opencode/opencode.jsonc").toString(), OPENCODE);
    assert.match(current().read(".codex/config.toml").toString(), /model_provider = "OpenAI"/);
  });

  it("asks before a test request, and tells its figures", async () => {
    const { workbench, gateway } = current();
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Send a Test Request (uses quota)");
    gateway.clear();
    await workbench.dialog.getByRole("button", { name: "Send", exact: true }).click();
    await workbench.notificationInCentre(
      /gpt-5\.5 answered “Hello from the TokenPool simulator”\. First token after \d+ ms.*tokens: \d+ in, \d+ out/,
    );
    assert.deepEqual(
      gateway.requests.map(({ method, path }) => `${method} ${path}`),
      ["POST /responses"],
    );
  });

  it("writes OpenCode's key file again when it went missing", async () => {
    const session = current();
    const { workbench } = session;
    await workbench.closeNotifications();
    await session.runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    fs.rmSync(session.file(".config/tokenpool/api-key"));
    await workbench.reload();
    const answer = await waitForFile(session.file(".config/tokenpool/api-key"));
    assert.equal(answer.trim(), session.gateway.key);
  });

  it("names what is wrong when a test request fails", async () => {
    const { workbench, gateway } = current();
    gateway.setMode("429-quota");
    await workbench.runCommand("TokenPool: Send a Test Request (uses quota)");
    await workbench.dialog.getByRole("button", { name: "Send", exact: true }).click();
    await workbench.notificationInCentre(/The test request failed: Quota or balance is used up/);
  });
});

describe("Set Up… where nothing is set and nothing can be reached", function () {
  this.timeout(180_000);
  const current = useSession({ machineSettings: {} });

  it("says so, and takes the recommended endpoint when the key is stored all the same", async () => {
    const { workbench, gateway, server } = current();
    await workbench.runCommand("TokenPool: Set Up…");
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    await workbench.input.fill(gateway.key);
    await workbench.page.keyboard.press("Enter");
    await workbench.dialog.getByRole("button", { name: "Store Anyway" }).click();
    await workbench.changePreview("Endpoint…");
    const row = (text: string) => workbench.quickInput.locator(".monaco-list-row", { hasText: text });
    await row("api.clawto.link")
      .filter({ hasText: "recommended" })
      .filter({ hasText: "name cannot be resolved" })
      .waitFor();
    await row("api.tokenpool.dev").filter({ hasText: "name cannot be resolved" }).waitFor();
    await workbench.screenshot("set-up-endpoint");
    await workbench.page.keyboard.press("Escape");
    await workbench.answerPreview("Apply");
    await workbench
      .notification(/TokenPool is set up for Codex, OpenCode.*This machine seems to be offline/)
      .waitFor();
    assert.match(current().read(".codex/config.toml").toString(), /base_url = "https:\/\/api\.clawto\.link"/);
    const machine: unknown = JSON.parse(fs.readFileSync(`${server.userData}/Machine/settings.json`, "utf8"));
    assert.deepEqual(machine, {}, "what is the default anyway is not set");
  });
});

async function waitForFile(file: string): Promise<string> {
  const appeared = new Promise<void>((resolve) => {
    const watcher = fs.watch(file.slice(0, file.lastIndexOf("/")), () => {
      if (!fs.existsSync(file)) return;
      watcher.close();
      resolve();
    });
  });
  if (!fs.existsSync(file)) await appeared;
  return fs.readFileSync(file, "utf8");
}
