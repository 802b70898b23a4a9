import assert from "node:assert/strict";
import { inspectGit } from "../../../src/doctor/problems/secrets/gitFacts";
import { WindowsHome } from "./windowsHome";

describe("the line that excludes a file from Git", () => {
  it("has slashes, as Git for Windows names folders", async () => {
    const machine = await WindowsHome.fresh("C:\\Users\\git");
    await machine.write("dotfiles\\codex [mine]\\auth.json", "{}");
    const answer = { workTree: "C:/Users/git/dotfiles", tracked: false, committed: false, ignored: false };
    const exclude = "C:/Users/git/dotfiles/.git/info/exclude";
    const file = "c:\\users\\git\\DOTFILES\\codex [mine]\\auth.json";
    const facts = await inspectGit(() => Promise.resolve({ ...answer, exclude }), machine.fs, [file]);
    assert.deepEqual(
      facts?.map(({ path, excludeLine }) => [path, excludeLine]),
      [[file, "/codex \\[mine\\]/auth.json"]],
    );
  });
});
