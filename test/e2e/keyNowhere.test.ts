import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { isErrorCode } from "../../src/changes/disk/errorCode";
import { useSession } from "./support/session";

/** Every file below a folder that holds the text. Programs that just ran may still be deleting theirs. */
function filesWith(folder: string, text: string): string[] {
  return entriesBelow(folder).flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return entry.isFile() && contentOf(file)?.includes(text) ? [path.relative(folder, file)] : [];
  });
}

function entriesBelow(folder: string, attempts = 5): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (attempts === 1 || !isErrorCode(error, "ENOENT")) throw error;
    return entriesBelow(folder, attempts - 1);
  }
}

function contentOf(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

describe("the API key", function () {
  this.timeout(180_000);
  const current = useSession();
  /** Stored beside the one in use, so it may be in no file at all. */
  const other = `sk-${"0b1c".repeat(16)}`;

  async function addOther(): Promise<void> {
    const { workbench, gateway } = current();
    gateway.accept(other);
    await workbench.runCommand("TokenPool: Set API Key…");
    await workbench.quickInput.getByText("Add Another Key").click();
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    await workbench.input.fill(other);
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInput.getByText("Only you see this name").waitFor();
    // Somebody pastes it into the wrong box.
    await workbench.input.fill(`Work ${other}`);
    await workbench.page.keyboard.press("Enter");
    await workbench.notification("The API key Work … was added").waitFor();
    await workbench.closeNotifications();
  }

  before(async () => {
    const session = current();
    await session.workbench.runCommand("Developer: Set Log Level...");
    await session.workbench.quickInput.locator(".monaco-list-row", { hasText: "Trace" }).first().click();
    await session.setApiKey();
    await addOther();
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    // A second change, so that a backup of a file with the key exists.
    session.server.writeMachineSettings({
      "tokenpool.baseUrl": session.gateway.url,
      "tokenpool.codex.home": "",
    });
    fs.appendFileSync(session.file(".codex/auth.json"), "\n");
    await session.workbench.closeNotifications();
    await session.runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    await session.workbench.closeNotifications();
    await session.workbench.runCommand("TokenPool: Add to CC Switch…");
    await session.workbench.pick("Add to CC Switch", "Codex");
    await session.workbench.quickInput.getByPlaceholder("Tick what else you want").waitFor();
    await session.workbench.page.keyboard.press("Enter");
    await session.workbench.dialog.getByRole("button", { name: "Copy Link" }).click();
    await session.workbench.notification("The link is on the clipboard").waitFor();
    await session.workbench.closeNotifications();
  });

  /** Each key is sent to the gateway then, and shown by its ends. */
  async function openAndLeaveList(): Promise<void> {
    const { workbench, gateway } = current();
    await workbench.runCommand("TokenPool: Switch API Key…");
    await gateway.waitForRequest(({ authorization }) => authorization === `Bearer ${other}`);
    await workbench.quickInput.getByText("Work …").waitFor();
    const list = await workbench.quickInput.innerHTML();
    for (const key of [gateway.key, other]) assert.ok(!list.includes(key), "not in the list");
    await workbench.page.keyboard.press("Escape");
  }

  it("survives a reload of the window", async () => {
    await current().workbench.reload();
    await current().workbench.runCommand("TokenPool: Check Endpoint Health");
    await current().workbench.notification("The endpoint works and accepts your key").waitFor();
  });

  it("stands in the clients' credential files and nowhere else", async () => {
    await current().workbench.screenshot("key-nowhere");
    assert.deepEqual(filesWith(current().server.directory, current().gateway.key).sort(), [
      "home/.codex/auth.json",
      "home/.config/tokenpool/api-key",
    ]);
    await openAndLeaveList();
    assert.deepEqual(filesWith(current().server.directory, other), []);
    await current().workbench.runCommand("TokenPool: Open Troubleshooting");
    const panel = current().workbench.webview();
    await panel.getByText("A key is stored").waitFor();
    assert.ok(!(await panel.locator("html").innerHTML()).includes(current().gateway.key), "not in the panel");
    const visible = await current().workbench.page.locator("body").innerText();
    for (const key of [current().gateway.key, other]) assert.ok(!visible.includes(key), "not on the screen");
  });

  it("is in backups of auth.json only, readable by the user only, and Remove API Key… takes it out there too", async () => {
    const { workbench, server, gateway } = current();
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Remove TokenPool from a Client…");
    await workbench.pick("Remove TokenPool from", "Codex");
    await workbench.answerPreview("Apply");
    await workbench.notification("TokenPool was removed from Codex").waitFor();
    const found = filesWith(server.directory, gateway.key).filter((file) => !file.endsWith("/api-key"));
    assert.equal(found.length, 1);
    assert.match(found[0] ?? "", /^home\/\.local\/state\/tokenpool-vscode\/backups\/.*auth\.json$/);
    const backup = path.join(server.directory, found[0] ?? "");
    assert.equal(fs.statSync(backup).mode & 0o777, 0o600);
    assert.equal(fs.statSync(path.dirname(backup)).mode & 0o777, 0o700);

    await workbench.runCommand("TokenPool: Remove API Key…");
    await workbench.pick("Remove API Key", "Default");
    await workbench.dialog.getByRole("button", { name: "Remove Key and Take It out of OpenCode" }).click();
    await workbench.answerPreview("Apply");
    await workbench.notification("The API key was removed").waitFor();
    for (const key of [gateway.key, other]) assert.deepEqual(filesWith(server.directory, key), []);
    await workbench.statusItem.filter({ hasText: "Choose a Key" }).waitFor();
  });
});
