import assert from "node:assert/strict";
import { diagnose } from "../../../../../src/doctor/diagnose";
import { Machine, OPENCODE_FILES } from "../../machine";

describe("what a project names", () => {
  const LONG = "x".repeat(120);
  const seen = (project: object) => seenIn({ "project/opencode.json": JSON.stringify(project) });
  const seenIn = (project: Record<string, string>) =>
    Machine.use({ files: { ...OPENCODE_FILES, ...project }, folders: ["project"] }, async (machine) =>
      diagnose(await machine.snapshot())
        .filter(({ code }) => code === "opencode/project-overrides")
        .map(({ evidence }) => evidence),
    );

  it("is shown up to 100 characters: a plugin by its name or as it is described", async () => {
    assert.deepEqual(await seen({ plugin: [LONG] }), [LONG.slice(0, 100)]);
    assert.deepEqual(await seen({ plugin: [[LONG]] }), [`["${LONG.slice(0, 98)}`]);
    assert.deepEqual(await seen({ plugin: ["short"] }), ["short"]);
  });

  it("is shown up to 100 characters: a file of a plugin", async () => {
    assert.deepEqual(await seenIn({ [`project/.opencode/plugin/${LONG}.js`]: "" }), [LONG.slice(0, 100)]);
  });

  it("is shown up to 100 characters: a package", async () => {
    assert.deepEqual(await seen({ provider: { tokenpool: { npm: LONG } } }), [LONG.slice(0, 100)]);
  });

  it("is shown up to 100 characters: a reference to the key", async () => {
    const reference = `{file:~/${"./".repeat(60)}.config/tokenpool/api-key}`;
    assert.deepEqual(await seen({ username: reference }), [reference.slice(0, 100)]);
  });
});
