import assert from "node:assert/strict";
import { storeFolder } from "../../../../src/changes/history/storeFolder";

describe("storeFolder", () => {
  const folder = (platform: NodeJS.Platform, homeDirectory: string, variables: Record<string, string> = {}) =>
    storeFolder({ platform, homeDirectory, variables });

  it("is the system's folder for state", () => {
    assert.equal(folder("linux", "/home/me"), "/home/me/.local/state/tokenpool-vscode");
    assert.equal(folder("darwin", "/Users/me"), "/Users/me/Library/Application Support/tokenpool-vscode");
    assert.equal(folder("win32", "C:\\Users\\me"), "C:\\Users\\me\\AppData\\Local\\tokenpool-vscode");
  });

  it("follows the variables of its own system only", () => {
    const variables = { XDG_STATE_HOME: "/state", LOCALAPPDATA: "D:\\Local" };
    assert.equal(folder("linux", "/home/me", variables), "/state/tokenpool-vscode");
    assert.equal(folder("win32", "C:\\Users\\me", variables), "D:\\Local\\tokenpool-vscode");
    assert.equal(
      folder("darwin", "/Users/me", variables),
      "/Users/me/Library/Application Support/tokenpool-vscode",
    );
  });

  it("never lies in the folder that VS Code was started from", () => {
    for (const XDG_STATE_HOME of ["", "state", "./state", "~/state"]) {
      assert.equal(folder("linux", "/home/me", { XDG_STATE_HOME }), "/home/me/.local/state/tokenpool-vscode");
    }
    const relative = folder("win32", "C:\\Users\\me", { LOCALAPPDATA: "Local" });
    assert.equal(relative, "C:\\Users\\me\\AppData\\Local\\tokenpool-vscode");
  });
});
