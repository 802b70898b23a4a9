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
