import assert from "node:assert/strict";
import { isWithin, pathRules } from "../../../../src/clients/machine/pathRules";
import { userPath } from "../../../../src/clients/machine/userPath";

describe("a path that the user named", () => {
  const named = (text: string, platform: NodeJS.Platform = "linux", homeDirectory = "/home/annette") =>
    userPath({ homeDirectory, platform }, text);

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
});

describe("a place in a folder", () => {
  const within = (folder: string, place: string) => isWithin(pathRules("linux"), folder, place);

  it("is the folder itself or below it", () => {
    assert.equal(within("/a", "/a"), true);
    assert.equal(within("/a", "/a/b/c"), true);
    assert.equal(within("/a", "/a/..b"), true);
  });

  it("is not above or beside it", () => {
    assert.equal(within("/a/b", "/a"), false);
    assert.equal(within("/a/b/c", "/a"), false);
    assert.equal(within("/a", "/ab"), false);
  });

  it("is not on another drive", () => {
    assert.equal(isWithin(pathRules("win32"), "C:\\a", "D:\\a\\b"), false);
  });
});
