import assert from "node:assert/strict";
import * as fs from "node:fs";
import { askCodex, askOpenCode } from "../harness/clientPrograms";
import { useSession } from "./support/session";

describe("the main job, from an empty home directory", function () {
  this.timeout(180_000);
  const current = useSession();

  it("leads from pasting a key to an answer of the real Codex", async () => {
    const { workbench, gateway } = current();
    await workbench.statusItem.filter({ hasText: "Set Up" }).waitFor();
    await current().setApiKey();
    await workbench.statusItem.filter({ hasText: "TokenPool: Not Set Up" }).waitFor();

    await workbench.runCommand("TokenPool: Configure Codex");
    await workbench.previewAction("Apply").waitFor();
    await workbench.page.locator(".monaco-diff-editor").first().waitFor();
    await workbench.screenshot("preview-codex-new");
    assert.equal(fs.existsSync(current().file(".codex/auth.json")), false, "nothing is written before Apply");
    await workbench.answerPreview("Apply");
    await workbench.notification("Codex now uses TokenPool").waitFor();
    await workbench.statusItem.filter({ has: workbench.page.locator(".codicon-check") }).waitFor();
    await workbench.screenshot("configured-codex");

    gateway.clear();
    const answer = await askCodex(current().server.home, "say hi");
    assert.equal(answer.code, 0, answer.stderr);
    assert.match(answer.stdout, /Hello from the TokenPool simulator/);
    const asked = gateway.requests.filter(({ method }) => method === "POST");
    assert.deepEqual([...new Set(asked.map(({ path }) => path))], ["/responses"]);
  });

  it("does the same for the real OpenCode", async () => {
    await current().workbench.closeNotifications();
    await current().runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    const answer = await askOpenCode(current().server.home, "say hi");
    assert.match(answer.stdout, /Hello from the TokenPool simulator/, answer.stderr);
  });

  it("asks nobody beyond loopback", () => {
    assert.deepEqual(current().browser.outside, []);
  });
});
