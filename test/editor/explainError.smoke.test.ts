import assert from "node:assert/strict";
import * as vscode from "vscode";

/** As another program calls it; a dialog would never come to an end here. */
function explain(text: string) {
  return vscode.commands.executeCommand<unknown[]>("tokenpool.explainError", { text });
}

describe("explainError for other programs", () => {
  it("answers with the entry, as plain JSON", async () => {
    const [first, ...others] = await explain("ERROR: Quota exceeded. Check your plan and billing details.");
    assert.deepEqual(others, []);
    assert.deepEqual(first, {
      code: "account/no-quota",
      title: "Quota or balance is used up",
      cause: "The gateway knows the key, but there is nothing left to spend.",
      fix: "Top up in the console, or use a key with more quota. A limit for hours or days comes back by itself.",
      fixable: false,
    });
  });

  it("answers with nothing for a text it does not know", async () => {
    assert.deepEqual(await explain("error TS2322: Type 'string' is not assignable to type 'number'."), []);
    assert.deepEqual(await explain(""), []);
  });
});
