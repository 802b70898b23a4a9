import assert from "node:assert/strict";
import * as fs from "node:fs";
import { problemTable, TABLE_END, TABLE_START } from "../../../harness/problemTable";
import { writtenPart } from "../../../harness/writtenPart";

const PAGE = fs.readFileSync(new URL("../../../../docs/problems.md", import.meta.url), "utf8");

describe("the table of codes", () => {
  it("has a row for every code", () => {
    const rows = problemTable().split("\n");
    assert.ok(rows.length > 90);
    assert.ok(rows.every((row) => row.split(/(?<!\\)\|/).length === 9));
  });

  it("stands in docs/problems.md as the knowledge base and the tests give it", () => {
    const written = (page: string) => writtenPart(page, TABLE_START, TABLE_END);
    assert.equal(written(PAGE), written(`${TABLE_START}${problemTable()}${TABLE_END}`), "run npm run codes");
  });
});
