import assert from "node:assert/strict";
import { meaningsOf, rankCodes } from "../../../../src/doctor/explain/explain";
import { firstOf, isRight, recordedLines } from "../../../gateway/recordedRows";

const ENDPOINT = "https://gateway.example";

describe("the recorded lines of the clients", () => {
  for (const each of recordedLines()) {
    const { gateway, client, state, line, right } = each;
    it(`${gateway}, ${client}, ${state}: ${line.slice(0, 60)}`, () => {
      const found = rankCodes(meaningsOf(line, ENDPOINT), new Set());
      assert.ok(isRight(right, firstOf(each, found)), `${found.join(", ")} instead of ${right.join(" or ")}`);
    });
  }
});
