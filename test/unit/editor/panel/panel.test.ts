import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { LogOutputChannel } from "vscode";
import { Refusal } from "../../../../src/changes/refusal";
import type { PanelOptions } from "../../../../src/editor/panel/panel";
import { EventEmitter, Uri, user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

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

  const look = (text: string, checking: boolean) =>
    ({ model: { summary: { text }, checking }, places: new Map(), fixable: new Set() }) as never;
  const byDepth = (depth: "files" | "asked") => Promise.resolve(look(depth, depth === "files"));
  const told = ({ told }: { told: readonly unknown[] }) =>
    (told as { model: { summary: { text: string } } }[]).map(({ model }) => model.summary.text);

  it("has in its page what files tell, and is told more without having asked", async () => {
    const page = shown({ loadPanel: byDepth });
    await until(() => page.told.length > 0);
    assert.match(page.webview.html, /data-model="[^"]*files/);
    assert.deepEqual(told(page), ["asked"]);
  });

  it("is told no more where all is known", async () => {
    const asked: string[] = [];
    const loadPanel = (depth: string) => (asked.push(depth), Promise.resolve(look("all", false)));
    const page = shown({ loadPanel });
    await until(() => page.webview.html !== "");
    assert.match(page.webview.html, /data-model="[^"]*all/);
    assert.deepEqual(asked, ["files"]);
    // What changed while VS Code made the page.
    page.say({ type: "ready", isFilled: true });
    await until(() => page.told.length > 0);
    assert.deepEqual(asked, ["files", "asked"]);
  });

  it("shows its page without what takes long, and fills it later", async () => {
    let found: (panel: never) => void = () => undefined;
    const slow = new Promise<never>((resolve) => (found = resolve));
    const page = shown({ loadPanel: (depth) => (depth === "files" ? slow : byDepth(depth)) });
    await until(() => page.webview.html !== "");
    assert.doesNotMatch(page.webview.html, /data-model/);
    page.say({ type: "ready", isFilled: false });
    found(look("late", true));
    await until(() => page.told.length > 1);
    assert.deepEqual(told(page), ["late", "asked"]);
  });

  it("fills a page anew that VS Code shows again as it was made", async () => {
    const page = shown({ loadPanel: byDepth });
    await until(() => page.told.length > 0);
    page.say({ type: "ready", isFilled: false });
    await until(() => page.told.length > 2);
    assert.deepEqual(told(page), ["asked", "files", "asked"]);
  });

  it("says in a page of nothing why the machine could not be looked at", async () => {
    const page = shown({ loadPanel: () => Promise.reject(new Error("EACCES")) });
    await until(() => page.webview.html !== "");
    assert.doesNotMatch(page.webview.html, /data-model/);
    page.say({ type: "ready", isFilled: false });
    await until(() => page.told.length > 0);
    assert.deepEqual(page.told, [{ type: "failed" }]);
  });

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
