import assert from "node:assert/strict";
import { isSamePlace, isWithin } from "../../../src/changes/spelling";

const HOME = "C:\\Users\\Ann";

describe("the spelling of a path", () => {
  for (const other of [
    "c:\\Users\\Ann",
    "C:\\users\\ANN",
    "C:/Users/Ann",
    "C:\\Users\\Ann\\",
    "C:\\Users\\\\Ann",
    "C:\\Users\\Bob\\..\\.\\Ann",
    "\\\\?\\C:\\Users\\Ann",
    "\\\\?\\c:\\users\\ann\\",
  ])
    it(`names one place on Windows: ${other}`, () => assert.ok(isSamePlace(HOME, other)));

  for (const other of [
    "D:\\Users\\Ann",
    "C:\\Users\\Anna",
    "C:\\Users",
    "/Users/Ann",
    "\\\\host\\Users\\Ann",
  ])
    it(`names another place on Windows: ${other}`, () => assert.ok(!isSamePlace(HOME, other)));

  it("names one place on a share, however it is written", () => {
    const share = "\\\\Server\\Share\\Ann";
    for (const other of ["\\\\server\\share\\ann", "\\\\?\\UNC\\server\\share\\ann\\"])
      assert.ok(isSamePlace(share, other), other);
    assert.ok(!isSamePlace(share, "\\\\server\\share2\\ann"));
  });

  it("keeps the root of a drive apart from what lies on it", () => {
    assert.ok(isSamePlace("C:\\", "c:/"));
    assert.ok(!isSamePlace("C:\\", "C:\\a"));
  });

  it("keeps letters apart where the files are Linux's, seen from Windows too", () => {
    const home = "\\\\wsl.localhost\\Ubuntu\\home\\ann";
    assert.ok(isSamePlace(home, "\\\\wsl$\\ubuntu\\home\\ann"));
    assert.ok(isSamePlace(home, "\\\\WSL.LOCALHOST\\Ubuntu\\home\\ann\\"));
    assert.ok(!isSamePlace(home, "\\\\wsl.localhost\\Ubuntu\\home\\Ann"));
    assert.ok(!isSamePlace(home, "\\\\wsl.localhost\\Debian\\home\\ann"));
  });

  it("counts every letter on other systems", () => {
    assert.ok(!isSamePlace("/home/ann", "/home/Ann"));
    assert.ok(!isSamePlace("/home/a\\b", "/home/a/b"));
    assert.ok(isSamePlace("/home/ann", "/home/ann"));
  });
});

describe("a place in a folder", () => {
  it("is the folder itself or below it", () => {
    assert.equal(isWithin("/a", "/a"), true);
    assert.equal(isWithin("/a", "/a/b/c"), true);
    assert.equal(isWithin("/a", "/a/..b"), true);
    assert.equal(isWithin("c:\\work", "\\\\?\\C:\\Work\\tools\\codex.exe"), true);
  });

  it("is not above or beside it", () => {
    assert.equal(isWithin("/a/b", "/a"), false);
    assert.equal(isWithin("/a/b/c", "/a"), false);
    assert.equal(isWithin("/a", "/ab"), false);
    assert.equal(isWithin("/a", "/A/b"), false);
    assert.equal(isWithin("C:\\work", "C:\\workshop"), false);
  });

  it("is not on another drive", () => {
    assert.equal(isWithin("C:\\a", "D:\\a\\b"), false);
  });
});
