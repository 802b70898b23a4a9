import assert from "node:assert/strict";
import * as fs from "node:fs";
import { useSession } from "./support/session";

describe("the preview of a change", function () {
  this.timeout(180_000);
  const current = useSession({
    withClients: false,
    homeFiles: { ".codex/config.toml": '# mine\nmodel = "mine"\n' },
  });
  const config = () => current().read(".codex/config.toml").toString();
  const hasKey = () => fs.existsSync(current().file(".codex/auth.json"));

  it("is one question after the other, and no message of the first one writes without it", async () => {
    const { workbench, gateway } = current();
    await workbench.runCommand("TokenPool: Configure Codex");
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    await workbench.input.fill(gateway.key);
    await workbench.page.keyboard.press("Enter");
    await workbench.previewAction("Apply").waitFor();
    await workbench.answer("API key stored", "Configure Codex");
    await workbench.notification("The next one follows").waitFor();
    await workbench.previewAction("Apply").waitFor();
    await workbench.screenshot("preview-second-question");
    assert.equal(config(), '# mine\nmodel = "mine"\n');
    await workbench.previewAction("Cancel").click();
    // The second question, on its own diff.
    await workbench.previewAction("Apply").waitFor();
    assert.equal(hasKey(), false, "nothing is written by a question that is over");
    await workbench.answerPreview("Cancel");
    assert.equal(config(), '# mine\nmodel = "mine"\n');
    await workbench.closeNotifications();
  });

  it("is over when its tab is closed, and nothing is written", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Configure Codex");
    await workbench.previewAction("Apply").waitFor();
    await workbench.runCommand("View: Close Editor");
    await workbench.previewAction("Apply").waitFor({ state: "hidden" });
    assert.deepEqual([config(), hasKey()], ['# mine\nmodel = "mine"\n', false]);
  });

  it("waits as long as a person reads, and is answered by the keyboard", async () => {
    const { workbench } = current();
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Configure Codex");
    const pointer = workbench.notification("Choose Apply or Cancel above");
    await pointer.waitFor();
    await pointer.waitFor({ state: "detached" });
    await workbench.screenshot("preview-after-the-message");
    await workbench.previewAction("Apply").waitFor();
    assert.equal(hasKey(), false);
    await workbench.runCommand("TokenPool: Apply");
    await workbench.notification("Codex now uses TokenPool").waitFor();
    assert.match(config(), /^# mine$/m);
    assert.equal(hasKey(), true);
  });
});
