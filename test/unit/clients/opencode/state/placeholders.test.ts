import assert from "node:assert/strict";
import { placeholdersIn } from "../../../../../src/clients/opencode/state/placeholders";

describe("placeholders in OpenCode's configuration", () => {
  it("are found as OpenCode's own pattern finds them", () => {
    for (const text of [
      "{file:a}",
      "x{file:a}{file:b c}y",
      "{file:}}",
      "{file:{file:a}}",
      "{file:a",
      "{env:a}",
      "{file:a\nb}",
    ]) {
      const expected = [...text.matchAll(/\{file:([^}]+)\}/g)].map(({ 0: whole, 1: target, index }) => ({
        start: index,
        end: index + whole.length,
        target,
      }));
      assert.deepEqual(placeholdersIn(text, "file"), expected, text);
    }
  });
});
