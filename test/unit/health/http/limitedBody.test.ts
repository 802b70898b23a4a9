import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { readLimited, unpacked } from "../../../../src/health/http/limitedBody";

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

describe("unpacked", () => {
  const text = JSON.stringify({ object: "list", data: [] });
  const whole = (body: Uint8Array) => ({ body, oversized: false });

  it("reads what was packed", () => {
    const plain = unpacked(whole(gzipSync(text)), 100);
    assert.deepEqual(plain, whole(Buffer.from(text)));
  });

  it("reads no body that only claims to be packed", () =>
    assert.equal(unpacked(whole(Buffer.from(text)), 100), undefined));

  it("reads no body of which the end is missing", () => {
    const packed = gzipSync(text);
    assert.equal(unpacked(whole(packed.subarray(0, 20)), 100), undefined);
    assert.equal(unpacked({ body: packed, oversized: true }, 100), undefined);
  });

  it("lets nothing grow past the limit", () =>
    assert.equal(unpacked(whole(gzipSync(Buffer.alloc(1_000_000))), 1_000), undefined));
});
