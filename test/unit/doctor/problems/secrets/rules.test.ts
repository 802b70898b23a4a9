import assert from "node:assert/strict";
import { secretProblems } from "../../../../../src/doctor/problems/secrets/rules";

describe("the exclude file of a clone", () => {
  function excluded(text: string): string {
    const exclude = { path: "/w/.git/info/exclude", text };
    const git = [
      { path: "/w/a.txt", tracked: false, committed: false, ignored: false, exclude, excludeLine: "/a.txt" },
    ];
    const [found] = secretProblems({ git, keyLeaks: [], storedKeys: [] });
    const [file] = found?.fix?.().files ?? [];
    assert.ok(file?.kind === "replace" && file.content);
    return new TextDecoder().decode(file.content);
  }

  it("gets a line of its own, whether or not its last one is ended", () => {
    assert.equal(excluded(""), "/a.txt\n");
    assert.equal(excluded("/b.txt\n"), "/b.txt\n/a.txt\n");
    assert.equal(excluded("/b.txt"), "/b.txt\n/a.txt\n");
  });

  it("is left alone for what is ignored, and no help for what is tracked", () => {
    const exclude = { path: "/w/.git/info/exclude", text: "" };
    const fact = { path: "/w/a.txt", exclude, excludeLine: "/a.txt" };
    const look = (tracked: boolean, ignored: boolean) =>
      secretProblems({
        git: [{ ...fact, tracked, committed: false, ignored }],
        keyLeaks: [],
        storedKeys: [],
      }).map(({ severity, fix, action }) => [severity, fix === undefined, action]);
    assert.deepEqual(look(false, true), []);
    assert.deepEqual(look(true, false), [["error", true, "openConsole"]]);
    assert.deepEqual(look(true, true), [["error", true, "openConsole"]]);
  });
});

describe("a key in a commit", () => {
  const exclude = { path: "/w/.git/info/exclude", text: "" };
  const codes = (tracked: boolean, committed: boolean) =>
    secretProblems({
      git: [{ path: "/w/auth.json", tracked, committed, ignored: false, exclude, excludeLine: "/auth.json" }],
      keyLeaks: (["untracked", "committed"] as const).map((stage) => ({ path: "/w/auth.json", stage })),
      storedKeys: [],
    }).map(({ code }) => code);

  it("is told of beside what Git would get next: an earlier commit may hold a file that Git tracks no more", () => {
    assert.deepEqual(codes(false, false), ["secrets/file-not-ignored", "secrets/key-committed"]);
    assert.deepEqual(codes(true, false), ["secrets/file-not-ignored", "secrets/key-committed"]);
  });

  it("is told of once", () => assert.deepEqual(codes(true, true), ["secrets/key-committed"]));
});
