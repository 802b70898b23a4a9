import assert from "node:assert/strict";
import { problem } from "../../../src/doctor/problem";
import { isCauseOf } from "../../../src/doctor/stop";

describe("the place where a client stops", () => {
  const path = "/home/me/.config/opencode/opencode.json";
  const columns = (column: number, endColumn: number) => ({ line: 2, column, endLine: 2, endColumn });
  const isCause = (known: [number, number], stop: [number, number]) =>
    isCauseOf(problem("opencode/config-invalid", { client: "opencode", path, range: columns(...known) }), {
      client: "opencode",
      path,
      range: columns(...stop),
    });

  it("is the one that a rule knows where the two have a part in common, or a place without width", () => {
    assert.ok(isCause([4, 9], [6, 12]));
    assert.ok(isCause([4, 9], [4, 4]), "the client names only where it begins");
    assert.ok(isCause([9, 9], [9, 9]), "a value is missing there");
  });

  it("is another one elsewhere in the line", () => {
    assert.ok(!isCause([4, 9], [12, 12]));
    assert.ok(!isCause([12, 14], [4, 9]));
  });
});
