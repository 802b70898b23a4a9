import assert from "node:assert/strict";
import { startGateway } from "../gateway/gateway";
import { useSession } from "./support/session";

describe("a new API key", function () {
  this.timeout(180_000);
  const current = useSession({ withClients: false });

  before(async () => {
    const session = current();
    await session.setApiKey();
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await session.workbench.closeNotifications();
    await session.runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    await session.workbench.closeNotifications();
  });

  it("goes into OpenCode's key file and Codex's auth.json after one preview, or into none", async () => {
    const session = current();
    const { workbench } = session;
    const key = `sk-${"0f1e".repeat(16)}`;
    await session.gateway.close();
    const renewed = await startGateway({ port: Number(new URL(session.gateway.url).port), key });
    try {
      await workbench.runCommand("TokenPool: Set API Key…");
      await workbench.quickInput.getByText("Replace the Key in Use").click();
      await workbench.quickInput.getByText("Paste your API key").waitFor();
      await workbench.input.fill(key);
      await workbench.page.keyboard.press("Enter");
      await workbench.answer(/API key stored.*still in use by Codex, OpenCode/, "Write the New Key");
      await workbench.previewAction("Apply").waitFor();
      for (const file of [".config/tokenpool/api-key", ".codex/auth.json"])
        assert.ok(!session.read(file).toString().includes(key), `not before Apply: ${file}`);
      await workbench.answerPreview("Apply");
      await workbench.notification("The new key was written for Codex, OpenCode").waitFor();
      assert.equal(session.read(".config/tokenpool/api-key").toString().trim(), key);
      const auth = JSON.parse(session.read(".codex/auth.json").toString()) as object;
      assert.deepEqual(auth, { auth_mode: "apikey", OPENAI_API_KEY: key });
      // One question, one undo: a new key in one client only would be a fault to search for.
      await workbench.answer("The new key was written for Codex, OpenCode", "Undo");
      await workbench.answerPreview("Apply");
      await workbench.notification("The previous configuration is back").waitFor();
      for (const file of [".config/tokenpool/api-key", ".codex/auth.json"])
        assert.ok(session.read(file).toString().includes(session.gateway.key), `back: ${file}`);
      // The files have a key again that nobody else knows any more.
      await workbench.notification("Codex uses an API key again that is no longer stored").waitFor();
    } finally {
      await renewed.close();
    }
  });
});
