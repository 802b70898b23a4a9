import assert from "node:assert/strict";
import { inspectGit } from "../../../src/doctor/gitFacts";

describe("a path with a line break", () => {
  const ask = (real: string, output: string) =>
    inspectGit(
      () => Promise.resolve({ code: 0, output }),
      { realpath: () => Promise.resolve(real), readFile: () => Promise.resolve("") } as never,
      [real],
    );

  it("is no place for an exclusion, in the repository's name, the file's or that of the exclude file", async () => {
    assert.deepEqual(await ask("/a\n/b/key", "/a\n/b\n/a\n/b/.git/info/exclude\n"), []);
    assert.deepEqual(await ask("/a/k\n*", "/a\n.git/info/exclude\n"), []);
    assert.deepEqual(await ask("/a/key", "/a\n/x\ny/info/exclude\n"), []);
    assert.equal((await ask("/a/key", "/a\n.git/info/exclude\n"))?.length, 1);
  });
});
