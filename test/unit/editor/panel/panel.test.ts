import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { LogOutputChannel } from "vscode";
import { Refusal } from "../../../../src/changes/refusal";
import type { PanelOptions } from "../../../../src/editor/panel/panel";
import { EventEmitter, Uri, user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { TroubleshootingPanel } = await import("../../../../src/editor/panel/panel");
const { applyProblemFix } = await import("../../../../src/editor/panel/troubleshooting");
const { registerCommands } = await import("../../../../src/editor/commands");

describe("the troubleshooting panel", () => {
  let extension: string;
  before(async () => {
    extension = await fs.mkdtemp(path.join(os.tmpdir(), "panel-"));
    for (const file of ["dist/webview/panel.js", "media/panel.css"]) {
      await fs.mkdir(path.dirname(path.join(extension, file)), { recursive: true });
      await fs.writeFile(path.join(extension, file), "");
    }
  });
  after(() => fs.rm(extension, { recursive: true }));
  beforeEach(() => user.reset());

  function shown(more: Partial<PanelOptions>) {
    const log = { error: () => undefined } as unknown as LogOutputChannel;
    const nothing = () => Promise.resolve();
    const panel = new TroubleshootingPanel({
      extensionUri: Uri.file(extension),
      log,
      onDidChange: new EventEmitter<void>().event,
      loadPanel: () => Promise.resolve({ model: {}, places: new Map(), fixable: new Set(["one"]) } as never),
      applyFix: nothing,
      openFile: nothing,
      runAction: nothing,
      ...more,
    });
    panel.show();
    const { page } = user;
    assert.ok(page);
    return page;
  }
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise(setImmediate);
  };

  it("says why a button's command failed, as the palette does, such as over settings that cannot be written", async () => {
    const reason = "Unable to write into user settings. Please open the user settings to correct errors.";
    const page = shown({ runAction: () => Promise.reject(new Error(reason)) });
    page.say({ type: "run", action: "selectEndpoint" });
    await until(() => user.messages.length > 0);
    assert.deepEqual(
      user.messages.map(({ kind, text }) => [kind, text]),
      [["error", reason]],
    );
  });

  it("says why it stays empty", async () => {
    shown({ extensionUri: Uri.file(path.join(extension, "gone")) });
    await until(() => user.messages.length > 0);
    assert.match(user.messages[0]?.text ?? "", /ENOENT/);
  });

  it("says why a fix could not even be planned", async () => {
    const look = () => Promise.reject(new Refusal("change/write-failed", "The machine cannot be looked at."));
    registerCommands(servicesIn("/nowhere", fs, new Secrets(undefined), { diagnosis: { look } }));
    await applyProblemFix("one");
    assert.deepEqual(
      user.messages.map(({ kind, text }) => [kind, text]),
      [["error", "The machine cannot be looked at."]],
    );
  });
});
