import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { inspectGit } from "../../../../../src/doctor/problems/secrets/gitFacts";

describe("a path with a line break", () => {
  it("gives no exclude file: its pattern would be two", async () => {
    const place = {
      workTree: "/w",
      exclude: "/w/.git/info/exclude",
      tracked: false,
      committed: false,
      ignored: false,
    };
    const links = { ...fs, realpath: (() => Promise.resolve("/w/a\nb")) as unknown as typeof fs.realpath };
    assert.deepEqual(await inspectGit(() => Promise.resolve(place), links, ["/w/a\nb"]), []);
  });
});
