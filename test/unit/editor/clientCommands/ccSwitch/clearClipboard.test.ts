import assert from "node:assert/strict";
import { mock } from "node:test";
import { clearClipboardLater } from "../../../../../src/editor/clientCommands/ccSwitch/clearClipboard";

describe("clearClipboardLater", () => {
  let text = "";
  const clipboard = {
    readText: () => Promise.resolve(text),
    writeText: (value: string) => Promise.resolve((text = value)).then(() => undefined),
  };
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());
  /** Lets the promises of the clipboard settle. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it("empties the clipboard after a minute, not before", async () => {
    text = "a link";
    clearClipboardLater(clipboard, "a link");
    mock.timers.tick(59_999);
    await settle();
    assert.equal(text, "a link");
    mock.timers.tick(1);
    await settle();
    assert.equal(text, "");
  });

  it("leaves alone what the user has copied since", async () => {
    clearClipboardLater(clipboard, "a link");
    text = "something else";
    mock.timers.tick(60_000);
    await settle();
    assert.equal(text, "something else");
  });
});
