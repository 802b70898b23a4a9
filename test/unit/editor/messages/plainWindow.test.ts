import assert from "node:assert/strict";
import { user } from "../../../fakes/vscode";

const plainWindow = await import("../../../../src/editor/messages/plainWindow");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");
const { movingUntilShown } = plainWindow;

describe("what moves while a command works", () => {
  let preview: InstanceType<typeof ChangePreview> | undefined;
  beforeEach(() => user.reset());
  afterEach(() => preview?.dispose());

  const isOver = () => user.progress[0]?.isOver;
  const settled = () => new Promise(setImmediate);

  const over = Promise.resolve();
  const surfaces: [string, () => unknown][] = [
    ["a message", () => plainWindow.showWarningMessage("x")],
    ["a list", () => plainWindow.showQuickPick([], {})],
    ["a list that is made by hand", () => plainWindow.createQuickPick()],
    ["a box", () => plainWindow.createInputBox()],
    ["a preview", () => (preview = new ChangePreview()).ask([], [], false)],
    ["another progress", () => plainWindow.withProgress({ location: { viewId: "x" } }, () => over)],
  ];
  for (const [name, show] of surfaces)
    it(`ends with ${name}, not before`, async () => {
      let go = () => {};
      const working = movingUntilShown(async () => {
        await new Promise<void>((resolve) => (go = resolve));
        void show();
        await new Promise(() => undefined);
      });
      void working;
      await settled();
      assert.equal(isOver(), false);
      go();
      while (!isOver()) await settled();
    });

  it("ends with the work, also where that fails", async () => {
    assert.equal(await movingUntilShown(() => 1), 1);
    await settled();
    assert.equal(isOver(), true);
    user.reset();
    const failing = movingUntilShown(() => {
      throw new Error("at once");
    });
    await assert.rejects(failing, /at once/);
    await settled();
    assert.equal(isOver(), true);
  });
});
