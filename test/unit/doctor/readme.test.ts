import assert from "node:assert/strict";
import * as fs from "node:fs";
import { problemTable, tableIn } from "../../harness/problemTable";

const README = fs.readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

describe("the table of codes", () => {
  it("has a row for every code", () => {
    const rows = problemTable().split("\n");
    assert.ok(rows.length > 90);
    assert.ok(rows.every((row) => row.split(/(?<!\\)\|/).length === 7));
  });

  it("stands in README.md as the knowledge base and the tests give it", () => {
    const table = tableIn(README);
    assert.ok(table === undefined || table === problemTable(), "run npm run codes");
  });
});
