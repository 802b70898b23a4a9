import assert from "node:assert/strict";
import { userPath } from "../../../../src/clients/machine/userPath";

const VARIABLES = { AppData: "D:\\roaming", HOME: "/x" };

describe("a path that the user named", () => {
  const named = (text: string, platform: NodeJS.Platform = "linux", homeDirectory = "/home/annette") =>
    userPath({ homeDirectory, platform, variables: VARIABLES }, text);

  for (const [text, place] of [
    ["/etc/x", "/etc/x"],
    ["/etc/../x//y", "/x/y"],
    ["~", "/home/annette"],
    ["~/x", "/home/annette/x"],
    ["x/y", "/home/annette/x/y"],
    ["~bert/x", "/home/annette/~bert/x"],
    ["/x/~/y", "/x/~/y"],
    ["x~", "/home/annette/x~"],
  ] as const) {
    it(`leads to its place: ${text}`, () => assert.equal(named(text), place));
  }

  it("follows the rules of Windows there", () => {
    assert.equal(named("~\\x", "win32", "C:\\Users\\annette"), "C:\\Users\\annette\\x");
    assert.equal(named("D:/x", "win32", "C:\\Users\\annette"), "D:\\x");
  });

  it("may have variables on Windows, in any case", () => {
    for (const [text, place] of [
      ["%USERPROFILE%\\.codex", "C:\\Users\\annette\\.codex"],
      ["%UserProfile%/.codex", "C:\\Users\\annette\\.codex"],
      ["%APPDATA%\\codex", "D:\\roaming\\codex"],
      ["%UNSET%\\x", "C:\\Users\\annette\\%UNSET%\\x"],
    ] as const)
      assert.equal(named(text, "win32", "C:\\Users\\annette"), place);
    assert.equal(named("/a/%HOME%/%USERPROFILE%"), "/a/%HOME%/%USERPROFILE%");
  });
});
