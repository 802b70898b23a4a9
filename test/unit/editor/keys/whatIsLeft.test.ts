import assert from "node:assert/strict";
import { askWhatIsLeft } from "../../../../src/editor/keys/whatIsLeft";
import type { EndpointResult } from "../../../../src/health/probe/checkEndpoint";
import type { HealthState } from "../../../../src/health/report";
import { healthReport } from "../../doctor/machine";

const keysTo = (count: number) => Array.from({ length: count }, (_, index) => `key${index + 1}`);
const result = (state: HealthState, findings: EndpointResult["findings"] = {}): EndpointResult => ({
  report: healthReport({ state }),
  findings,
});
const usage = { unit: "USD", remaining: 12, windows: [] };

/** An endpoint that answers when it is told to. */
class Endpoint {
  readonly asked: string[] = [];
  private readonly waiting = new Map<string, (answer: EndpointResult | undefined) => void>();

  probeKey = (apiKey: string) =>
    new Promise<EndpointResult | undefined>((resolve) => {
      this.asked.push(apiKey);
      this.waiting.set(apiKey, resolve);
    });

  /** What follows from it has happened then. */
  async answer(apiKey: string, answer: EndpointResult | undefined): Promise<void> {
    this.waiting.get(apiKey)?.(answer);
    this.waiting.delete(apiKey);
    await new Promise(setImmediate);
  }

  get atOnce(): number {
    return this.waiting.size;
  }
}

describe("asking what each key has left", () => {
  let endpoint: Endpoint;
  let told: Map<string, string>;
  let leaving: AbortController;
  beforeEach(() => {
    [endpoint, told, leaving] = [new Endpoint(), new Map<string, string>(), new AbortController()];
  });
  const ask = (count: number) =>
    askWhatIsLeft(endpoint, keysTo(count), (apiKey, sentence) => told.set(apiKey, sentence), leaving.signal);

  it("begins with one, then sends four at a time", async () => {
    const asking = ask(7);
    assert.deepEqual(endpoint.asked, ["key1"]);
    await endpoint.answer("key1", result("ok"));
    assert.deepEqual(endpoint.asked, keysTo(5));
    await endpoint.answer("key3", result("ok"));
    assert.deepEqual([endpoint.asked, endpoint.atOnce], [keysTo(6), 4]);
    for (const apiKey of keysTo(7)) await endpoint.answer(apiKey, result("ok"));
    assert.equal(await asking, true);
    assert.deepEqual([...told.keys()].sort(), keysTo(7));
  });

  const aboutKey: HealthState[] = ["ok", "slow", "degraded", "unauthorized", "noQuota", "rateLimited"];
  const others: HealthState[] = ["gatewayError", "notAnApi", "unreachable", "offline", "blocked"];
  for (const state of [...aboutKey, ...others]) {
    const isTrusted = aboutKey.includes(state);
    it(`sends ${isTrusted ? "the others" : "no other"} after one that was answered ${state}`, async () => {
      const asking = ask(2);
      await endpoint.answer("key1", result(state));
      assert.deepEqual(endpoint.asked, isTrusted ? ["key1", "key2"] : ["key1"]);
      await endpoint.answer("key2", result("ok"));
      assert.equal(await asking, isTrusted);
      assert.equal(told.has("key1"), true);
    });
  }

  it("sends no further one from the answer on that is none of something that knows keys", async () => {
    const asking = ask(8);
    await endpoint.answer("key1", result("ok"));
    await endpoint.answer("key2", result("notAnApi"));
    for (const apiKey of ["key3", "key4", "key5"]) await endpoint.answer(apiKey, result("ok"));
    assert.equal(await asking, false);
    assert.deepEqual([endpoint.asked, [...told.keys()]], [keysTo(5), keysTo(5)]);
  });

  it("ends when nobody looks any more, and tells nothing then", async () => {
    const asking = ask(3);
    leaving.abort();
    await endpoint.answer("key1", result("notAnApi"));
    assert.equal(await asking, true);
    assert.deepEqual([endpoint.asked, told.size], [["key1"], 0]);
  });

  it("ends where the question was given up", async () => {
    const asking = ask(3);
    await endpoint.answer("key1", undefined);
    assert.equal(await asking, true);
    assert.deepEqual([endpoint.asked, told.size], [["key1"], 0]);
  });

  for (const [answer, sentence] of [
    [result("ok", { usage }), /^\$12\.00 left$/],
    [result("ok"), /^(?!.*left)/],
    [result("unauthorized", { usage }), /^(?!.*left)/],
    [result("noQuota", { usage, usedUp: { name: "5h" } }), /5h/],
    [result("noQuota"), /quota or balance is used up/],
  ] as const) {
    const { report, findings } = answer;
    it(`says ${sentence} of ${report.state} with ${JSON.stringify(findings)}`, async () => {
      const asking = ask(1);
      await endpoint.answer("key1", answer);
      await asking;
      assert.match(told.get("key1") ?? "", sentence);
    });
  }
});
