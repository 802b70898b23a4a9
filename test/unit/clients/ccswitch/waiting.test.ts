import assert from "node:assert/strict";
import { waitUntilRunning } from "../../../../src/clients/ccswitch/waiting";

/** @returns what came of it, and what the user was asked: true where CC Switch was seen not to run */
async function wait(seen: (boolean | undefined)[], answers: boolean[]) {
  const asked: boolean[] = [];
  const next = <T>(list: T[]): T => {
    assert.ok(list.length > 0, "looked or asked once too often");
    return list.shift() as T;
  };
  const came = await waitUntilRunning(
    () => Promise.resolve(next(seen)),
    (isSeenNotToRun) => {
      asked.push(isSeenNotToRun);
      return Promise.resolve(next(answers));
    },
  );
  return { came, asked };
}

describe("waiting for CC Switch", () => {
  it("asks nothing where it is seen to run", async () => {
    assert.deepEqual(await wait([true], []), { came: true, asked: [] });
  });

  it("does not believe Continue where it is seen not to run: it looks again", async () => {
    assert.deepEqual(await wait([false, false, true], [true, true]), { came: true, asked: [true, true] });
  });

  it("believes Continue where it cannot be seen", async () => {
    assert.deepEqual(await wait([undefined], [true]), { came: true, asked: [false] });
  });

  it("ends when the user leaves", async () => {
    assert.deepEqual(await wait([false, false], [true, false]), { came: false, asked: [true, true] });
    assert.deepEqual(await wait([undefined], [false]), { came: false, asked: [false] });
  });
});
