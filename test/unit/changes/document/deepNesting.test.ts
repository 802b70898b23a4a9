import assert from "node:assert/strict";
import { editJson } from "../../../../src/changes/document/json/editJson";
import { readJson } from "../../../../src/changes/document/json/readJson";
import { Refusal } from "../../../../src/changes/refusal";
import { editToml } from "../../../../src/changes/document/toml/editToml";
import { readToml } from "../../../../src/changes/document/toml/readToml";

describe("a file nested deeper than the stack", () => {
  const nested = "[".repeat(100_000) + "]".repeat(100_000);
  const readers: Readonly<Record<string, () => unknown>> = {
    editJson: () => editJson(nested, [], { allowComments: true }),
    readJson: () => readJson(nested, { allowComments: false }),
    editToml: () => editToml(`a = ${nested}`, []),
    readToml: () => readToml(`a = ${nested}`),
  };

  for (const [name, read] of Object.entries(readers)) {
    it(`is refused by ${name}`, () => {
      assert.throws(read, (error) => error instanceof Refusal && error.code === "change/invalid-syntax");
    });
  }
});
