import assert from "node:assert/strict";
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
