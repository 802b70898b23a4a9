import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { askCodex } from "../harness/clientPrograms";
import { useSession, writeFile } from "./support/session";

/** Writes down that it was started, and answers as if it were the real one. */
const stub = (name: string, log: string) =>
  `#!/bin/sh\necho "${name} $*" >> '${log}'\n[ "$1" = --version ] && echo "${name} 0.169.0"\nexit 0\n`;

describe("a client at work beside the panel", function () {
  this.timeout(180_000);
  const current = useSession({ withClients: false });
  const log = () => path.join(current().server.directory, "started");
  const started = () => (fs.existsSync(log()) ? fs.readFileSync(log(), "utf8") : "");

  before(async () => {
    const session = current();
    for (const name of ["codex", "opencode"]) {
      const file = path.join(session.server.programs, name);
      writeFile(file, stub(name, log()));
      fs.chmodSync(file, 0o755);
    }
    await session.setApiKey();
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await session.workbench.closeNotifications();
    await session.workbench.runCommand("TokenPool: Open Troubleshooting");
    await session.workbench.webview().getByText("The endpoint works and accepts your key.").first().waitFor();
    await session.workbench.statusItem.filter({ hasText: /^\s*TokenPool\s*$/ }).waitFor();
  });

  /** A change that is seen: whatever was to follow from what happened before it has followed then. */
  async function seeChange(): Promise<void> {
    const { workbench } = current();
    const config = current().file(".codex/config.toml");
    const text = fs.readFileSync(config, "utf8");
    fs.writeFileSync(config, text.replace('wire_api = "responses"', 'wire_api = "chat"'));
    await workbench.statusItem.filter({ hasText: "1 Problem" }).waitFor();
    fs.writeFileSync(config, text);
    await workbench.statusItem.filter({ hasText: /^\s*TokenPool\s*$/ }).waitFor();
  }

  it("makes us start no program", async () => {
    await seeChange();
    const before = started();
    assert.match(before, /codex --version/, "the stubs are those that are asked");
    const answer = await askCodex(current().server.home, "say hi");
    assert.match(answer.stdout, /Hello from the TokenPool simulator/, answer.stderr);
    await seeChange();
    assert.equal(started(), before);
  });

  it("nor does a project's own config.json that is opened", async () => {
    const before = started();
    writeFile(current().file("site/config.json"), '{ "model": 1 }\n');
    await current().workbench.openFile("site/config.json");
    await seeChange();
    assert.equal(started(), before);
  });

  it("shows in the bar what is fixed in an editor, and keeps a fixed mark away after saving", async () => {
    const { workbench } = current();
    await workbench.openFile(".codex/config.toml");
    const line = workbench.page.locator(".view-line", { hasText: "wire_api" });
    const squiggle = workbench.page.locator(".squiggly-error");
    const replaceLine = async (text: string) => {
      await line.click();
      await workbench.page.keyboard.press("Home");
      await workbench.page.keyboard.press("Shift+End");
      await workbench.page.keyboard.type(text);
    };
    await replaceLine('wire_api = "chat"');
    await squiggle.first().waitFor();
    await replaceLine('wire_api = "responses"');
    await squiggle.first().waitFor({ state: "detached" });
    await workbench.page.keyboard.press("ControlOrMeta+S");
    await workbench.page.locator(".tab.dirty").waitFor({ state: "detached" });
    await seeChange();
    assert.equal(await squiggle.count(), 0);
  });
});
