import assert from "node:assert/strict";
import * as fs from "node:fs";
import { NETWORK_END, NETWORK_START, networkTables } from "../../harness/networkTable";
import { writtenPart } from "../../harness/writtenPart";

const PAGE = fs.readFileSync(new URL("../../../docs/network.md", import.meta.url), "utf8");

describe("the tables of boxes on the way to the gateway", () => {
  it("stand in docs/network.md as the tests of them give them", () => {
    const written = (page: string) => writtenPart(page, NETWORK_START, NETWORK_END);
    assert.equal(
      written(PAGE),
      written(`${NETWORK_START}${networkTables()}${NETWORK_END}`),
      "run npm run codes",
    );
  });
});
