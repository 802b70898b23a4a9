import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { readLimited } from "../../../../src/health/http/limitedBody";

describe("readLimited", () => {
  const answer = (...sizes: number[]) => Readable.from(sizes.map((size) => Buffer.alloc(size)));

  it("takes everything up to the limit", async () => {
    const { body, oversized } = await readLimited(answer(6, 4), 10);
    assert.deepEqual([body.length, oversized], [10, false]);
  });

  it("hangs up just past the limit, however much would follow", async () => {
    let given = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          given++;
          yield Buffer.alloc(5);
        }
      })(),
    );
    const { body, oversized } = await readLimited(endless, 10);
    assert.deepEqual([body.length, oversized], [15, true]);
    assert.ok(given < 30, `${given} pieces were asked for`);
    assert.ok(endless.destroyed, "the stream was let go");
  });
});
