import assert from "node:assert/strict";
import { shortPath } from "../../../src/doctor/shortPath";

describe("a path as it is shown", () => {
  it("tells no user name", () => {
    assert.equal(shortPath("/home/me/.codex/config.toml", "/home/me"), "~/.codex/config.toml");
    assert.equal(shortPath("C:\\Users\\me\\.codex", "C:\\Users\\me"), "~\\.codex");
    // VS Code's spelling.
    assert.equal(shortPath("c:\\Users\\me\\.codex", "C:\\Users\\me"), "~\\.codex");
  });

  it("is whole outside of the home directory, also where a name only begins like it, or none is known", () => {
    for (const [path, home] of [
      ["/etc/codex/config.toml", "/home/me"],
      ["/home/ME/.codex", "/home/me"],
      ["/home/me", "/home/me"],
      ["/home/melanie/.codex", "/home/me"],
      ["/srv/home/me/x", "/home/me"],
      ["/home/me/x", ""],
    ] as const)
      assert.equal(shortPath(path, home), path);
  });
});
