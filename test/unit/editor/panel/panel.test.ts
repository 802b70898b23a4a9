import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import type { LogOutputChannel } from "vscode";
import { Refusal } from "../../../../src/changes/refusal";
import type { PanelOptions } from "../../../../src/editor/panel/panel";
import { EventEmitter, Uri, user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { TroubleshootingPanel } = await import("../../../../src/editor/panel/panel");
const { applyProblemFix } = await import("../../../../src/editor/panel/troubleshooting");
const { registerCommands } = await import("../../../../src/editor/commands");

describe("a button of the troubleshooting panel", () => {
  let logged: unknown[];
  beforeEach(() => {
    user.reset();
    logged = [];
  });

  function shown(more: Partial<PanelOptions>) {
    const log = { error: (error: unknown) => logged.push(error) } as unknown as LogOutputChannel;
    const nothing = () => Promise.resolve();
    const panel = new TroubleshootingPanel({
      extensionUri: Uri.file("/extension"),
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

  it("says why its command failed, as the palette does, such as over settings that cannot be written", async () => {
    const reason = "Unable to write into user settings. Please open the user settings to correct errors.";
    const page = shown({ runAction: () => Promise.reject(new Error(reason)) });
    page.say({ type: "run", action: "selectEndpoint" });
    await until(() => logged.length > 0);
    assert.deepEqual(
      user.messages.map(({ kind, text }) => [kind, text]),
      [["error", reason]],
    );
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
