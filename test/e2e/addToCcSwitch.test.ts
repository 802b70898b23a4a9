import assert from "node:assert/strict";
import * as fs from "node:fs";
import { readLink } from "../unit/clients/ccswitch/linkReader";
import { useSession, writeFile } from "./support/session";

const SETTINGS = ".cc-switch/settings.json";

/** What another extension would call, by a key. */
const SILENT_CALL = { key: "ctrl+shift+f9", command: "tokenpool.addToCcSwitch", args: { confirm: false } };

// code-server is a web page, where the link is copied; that it is opened elsewhere is decided by a pure function.
describe("Add to CC Switch…", function () {
  this.timeout(180_000);
  const current = useSession({
    homeFiles: {
      [SETTINGS]: '{"currentProviderCodex":"default"}',
      "../user-data/User/keybindings.json": JSON.stringify([SILENT_CALL]),
    },
  });
  const clipboard = () => current().workbench.page.evaluate<string>("navigator.clipboard.readText()");
  const run = async (client: string) => {
    await current().workbench.runCommand("TokenPool: Add to CC Switch…");
    await current().workbench.pick("Add to CC Switch", client);
  };
  /** Ticks the wishes that hold these texts. */
  const tick = async (...wishes: string[]) => {
    const { workbench } = current();
    await workbench.quickInput.getByPlaceholder("Tick what else you want").waitFor();
    for (const wish of wishes)
      await workbench.quickInput.locator(".monaco-list-row", { hasText: wish }).first().click();
    await workbench.page.keyboard.press("Enter");
  };

  const callSilently = () => current().workbench.page.keyboard.press("Control+Shift+F9");
  const logLine = (text: string) =>
    current().workbench.page.locator(".output-view .view-line", { hasText: text }).waitFor();

  before(async () => {
    await current().setApiKey();
  });

  it("hands nothing over to a caller that is not the user, as long as the user has not agreed once", async () => {
    await current().workbench.runCommand("TokenPool: Show Log");
    await callSilently();
    await logLine("CC Switch: refused");
    assert.ok(!(await clipboard()).includes("ccswitch"));
  });

  it("says what the link does with the key, and does nothing when the user leaves", async () => {
    const { workbench } = current();
    await run("Codex");
    await tick();
    await workbench.dialog.getByText("The link carries your API key").waitFor();
    await workbench.dialog.getByText("which need not be the machine where Codex runs").waitFor();
    await workbench.screenshot("add-to-cc-switch");
    await workbench.dialog.getByRole("button", { name: "Cancel" }).click();
    await workbench.dialog.waitFor({ state: "detached" });
    assert.ok(!(await clipboard()).includes("ccswitch"));
  });

  it("copies a link that CC Switch reads as it was meant, and tells when the card is there", async () => {
    const { workbench, gateway } = current();
    await run("Codex");
    await tick("And switch to it now");
    await workbench.dialog.getByRole("button", { name: "Copy Link" }).click();
    await workbench.notification("The link is on the clipboard").waitFor();
    const { card, parsed } = readLink(await clipboard());
    assert.deepEqual(card, {
      id: "tokenpool",
      name: "TokenPool",
      baseUrl: gateway.url,
      apiKey: gateway.key,
      model: "gpt-5.5",
    });
    assert.equal(parsed?.enabled, true);
    writeFile(current().file(SETTINGS), '{"currentProviderCodex":"tokenpool-1764000000000"}');
    await workbench.notification("TokenPool is now in CC Switch").waitFor();
    await workbench.closeNotifications();
  });

  it("asks no more where it is called without a dialog, and leaves no key in the log", async () => {
    const { page } = current().workbench;
    await page.evaluate('navigator.clipboard.writeText("")');
    await page.locator(".output-view .view-line", { hasText: "CC Switch: copied" }).first().waitFor();
    await callSilently();
    await page.locator(".output-view .view-line", { hasText: "CC Switch: copied" }).nth(1).waitFor();
    const { card, parsed } = readLink(await clipboard());
    assert.equal(card?.apiKey, current().gateway.key);
    assert.equal(parsed?.enabled, undefined);
    const log = await page.locator(".output-view").innerText();
    assert.ok(!log.includes(current().gateway.key) && !log.includes("ccswitch:"));
  });

  it("warns of a second card now", async () => {
    const { workbench } = current();
    await run("Codex");
    await tick();
    await workbench.dialog.getByText("this adds a second card").waitFor();
    await workbench.dialog.getByRole("button", { name: "Cancel" }).click();
    await workbench.dialog.waitFor({ state: "detached" });
  });

  it("stands beside Apply where CC Switch uses another card, and then nothing is written", async () => {
    const { workbench } = current();
    writeFile(current().file(SETTINGS), '{"currentProviderCodex":"my-relay-1764000000001"}');
    await workbench.runCommand("TokenPool: Configure Codex");
    await workbench.editorLine("CC Switch currently uses “my-relay”").waitFor();
    await workbench.screenshot("configure-beside-cc-switch");
    await workbench.changePreview("Add to CC Switch…");
    await tick();
    await workbench.dialog.getByRole("button", { name: "Cancel" }).click();
    await workbench.dialog.waitFor({ state: "detached" });
    assert.ok(!fs.existsSync(current().file(".codex/config.toml")));
  });

  it("has no link for an OpenCode that is configured: CC Switch takes that over by itself", async () => {
    const { workbench } = current();
    await current().runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    await workbench.closeNotifications();
    await run("OpenCode");
    await workbench.notification("CC Switch shows that provider by itself").waitFor();
    await workbench.closeNotifications();
  });
});
