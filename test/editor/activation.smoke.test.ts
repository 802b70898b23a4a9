import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("activation", () => {
  it("starts by itself and stays within what package.json declares", async () => {
    const extension = vscode.extensions.getExtension("tokenpool.tokenpool");
    assert.ok(extension, "the extension is installed");
    await extension.activate();
    assert.equal(extension.isActive, true);
    assert.equal(extension.extensionKind, vscode.ExtensionKind.Workspace);
  });
});
