import assert from "node:assert/strict";
import { isFromPage } from "../../../src/panel/protocol";

describe("messages of the panel's page", () => {
  for (const message of [
    { type: "ready", isFilled: false },
    { type: "run", action: "setApiKey" },
    { type: "fix", problem: "codex/key-empty codex /x" },
    { type: "open", file: "file0" },
  ]) {
    it(`are taken: ${JSON.stringify(message)}`, () => assert.equal(isFromPage(message), true));
  }

  for (const message of [
    undefined,
    null,
    "ready",
    [],
    {},
    { type: "toString" },
    { type: "ready" },
    { type: "ready", isFilled: "yes" },
    { type: "model", model: {} },
    { type: "run" },
    { type: "run", action: "workbench.action.quit" },
    { type: "run", action: "toString" },
    { type: "run", action: ["setApiKey"] },
    { type: "fix", problem: 1 },
    { type: "open", path: "/etc/passwd" },
    { type: "open", file: ["file0"] },
  ]) {
    it(`are refused: ${JSON.stringify(message)}`, () => assert.equal(isFromPage(message), false));
  }
});
