import assert from "node:assert/strict";
import * as fs from "node:fs";
import { startGateway } from "../gateway/gateway";
import { runOrThrow } from "../harness/run";
import { useSession } from "./support/session";

describe("the secret guard", function () {
  this.timeout(300_000);
  // No language server: one that starts throws an open menu of quick fixes away.
  const current = useSession({
    homeFiles: { "project/server.ini": "; mine\n" },
    withClients: false,
  });
  // Not the home directory: VS Code writes its log there, and Git's extension waits for an end of changes.
  const git = (...args: string[]) =>
    runOrThrow("git", [
      "-C",
      current().file("project"),
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@t.test",
      ...args,
    ]);
  const row = (text: string) =>
    current().workbench.page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
  const anyRow = () => current().workbench.page.locator(".markers-panel .monaco-list-row");
  const write = (name: string, text: string) => fs.writeFileSync(current().file(name), text);

  async function quickFix(file: string, title: string): Promise<void> {
    const { workbench } = current();
    await workbench.openFile(file);
    await workbench.quickFix("key", title);
  }

  before(async () => {
    const { workbench } = current();
    await git("init", "--quiet");
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "first");
    await workbench.reload();
    await current().setApiKey();
    await workbench.closeNotifications();
    await workbench.runCommand("Problems: Focus on Problems View");
  });

  const withKey = () => `; mine\nkey = "${current().gateway.key}";\n`;

  it("shows a new file with the key in the Problems view, although it is not open", async () => {
    write("project/new.ini", withKey());
    await row("secrets/key-in-changes").filter({ hasText: "[Ln 2, Col 8]" }).waitFor();
    assert.equal(await current().workbench.page.locator(".notification-toast").count(), 0, "no pop-up");
    await current().workbench.screenshot("secret-guard-problem");
  });

  it("excludes the file from Git by its quick fix", async () => {
    const { workbench } = current();
    await quickFix("project/new.ini", "Exclude new.ini from Git in this clone");
    await workbench.answerPreview("Apply");
    await workbench.notification("Fixed: ").waitFor();
    assert.match(current().read("project/.git/info/exclude").toString(), /^\/new\.ini$/m);
    await row("secrets/key-in-changes").waitFor({ state: "detached" });
    await workbench.closeNotifications();
  });

  it("unstages a file with the key, then puts a variable in its place", async () => {
    const { workbench } = current();
    write("project/server.ini", withKey());
    await git("add", "server.ini");
    await row("the next commit would hold it").waitFor();
    await quickFix("project/server.ini", "TokenPool: Unstage");
    await row("the next commit would hold it").waitFor({ state: "detached" });
    await row("secrets/key-in-changes").waitFor();
    assert.equal(await git("diff", "--cached", "--name-only"), "");
    await quickFix("project/server.ini", "Replace the API key in server.ini by the variable");
    await workbench.answerPreview("Apply");
    await workbench.notification("Fixed: ").waitFor();
    assert.equal(current().read("project/server.ini").toString(), '; mine\nkey = "${TOKENPOOL_API_KEY}";\n');
    await row("secrets/key-in-changes").waitFor({ state: "detached" });
    await workbench.closeNotifications();
  });

  it("says what to do about a key that has been committed", async () => {
    write("project/server.ini", withKey());
    await git("commit", "--quiet", "--all", "--message", "with the key");
    await row("secrets/key-committed").waitFor();
    await current().workbench.screenshot("secret-guard-committed");
  });

  it("leads from there to a new key, and tells where the old one still is", async () => {
    const session = current();
    const { workbench, gateway } = session;
    const oldKey = gateway.key;
    write(".bash_history", `export OPENAI_API_KEY=${oldKey}\n`);
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await workbench.closeNotifications();
    const key = `sk-${"0f1e".repeat(16)}`;
    await gateway.close();
    const renewed = await startGateway({ port: Number(new URL(gateway.url).port), key });
    try {
      await quickFix("project/server.ini", "TokenPool: Replace Key…");
      // The console, which VS Code asks about; no test goes there.
      await workbench.dialog.getByText("tokenpool.dev/console/api-keys").waitFor();
      await workbench.dialog.getByRole("button", { name: "Cancel" }).click();
      await workbench.quickInput.getByText("Paste your API key").waitFor();
      await workbench.input.fill(key);
      await workbench.page.keyboard.press("Enter");
      await workbench.answerPreview("Apply");
      await workbench.quickInput.getByText("The New Key Is in Use").waitFor();
      const place = (text: string) => workbench.quickInput.locator(".monaco-list-row", { hasText: text });
      await place("Delete the old key in the console").waitFor();
      await place("server.ini").filter({ hasText: "In a commit" }).waitFor();
      await place(".bash_history").filter({ hasText: "delete the line" }).waitFor();
      await workbench.screenshot("replaced-key");
      assert.ok(session.read(".codex/auth.json").toString().includes(key));
      const store = session.file(".local/state/tokenpool-vscode");
      const kept = fs
        .readdirSync(store, { recursive: true, withFileTypes: true })
        .filter((each) => each.isFile());
      for (const { parentPath, name } of kept)
        assert.ok(
          !fs.readFileSync(`${parentPath}/${name}`, "utf8").includes(oldKey),
          `no backup has it: ${name}`,
        );
      await workbench.page.keyboard.press("Escape");
      await workbench.quickInput.waitFor({ state: "hidden" });
      // The new key is in no commit.
      await row("secrets/key-committed").waitFor({ state: "detached" });
      write("project/server.ini", `key = "${key}"\n`);
      await row("secrets/key-in-changes").waitFor();
    } finally {
      await renewed.close();
    }
  });

  it("is silent when it is switched off", async () => {
    const { workbench } = current();
    await workbench.runCommand("Preferences: Open Settings (UI)");
    await workbench.page.locator(".settings-editor .suggest-input-container").click();
    await workbench.page.keyboard.type("tokenpool.secretGuard.enabled");
    const box = workbench.page.locator('.settings-editor [role="checkbox"][aria-label*="secretGuard"]');
    await box.first().click();
    await anyRow().first().waitFor({ state: "detached" });
  });
});
