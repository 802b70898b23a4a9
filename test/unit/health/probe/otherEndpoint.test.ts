import assert from "node:assert/strict";
import { mock } from "node:test";
import type { HealthReport } from "../../../../src/health/report";
import {
  isOtherWorthAsking,
  judgeBoth,
  otherEndpointOf,
  recommendedOrOther,
} from "../../../../src/health/probe/otherEndpoint";
import type { Reachability } from "../../../../src/health/probe/reachability";

const RECOMMENDED = "https://api.clawto.link";
const OTHER = "https://api.tokenpool.dev";

function reportOf(state: HealthReport["state"], code?: string): HealthReport {
  return {
    state,
    ...(code && { code }),
    endpoint: "https://api.clawto.link",
    checkedAt: "2026-11-23T10:00:00.000Z",
    via: "direct",
    phases: { totalMs: 100 },
  };
}

describe("the other endpoint", () => {
  it("is the one of the two that was not chosen, and none beside an address of one's own", () => {
    assert.equal(otherEndpointOf("https://api.clawto.link"), OTHER);
    assert.equal(otherEndpointOf(OTHER), "https://api.clawto.link");
    assert.equal(otherEndpointOf("http://127.0.0.1:8787"), undefined);
  });

  it("is worth asking only where it may do better", () => {
    const asked = ["unreachable", "gatewayError", "blocked", "notAnApi"] as const;
    for (const state of asked) assert.equal(isOtherWorthAsking(reportOf(state)), true, state);
    const others = ["ok", "slow", "degraded", "unauthorized", "noQuota", "rateLimited", "noKey"] as const;
    for (const state of others) assert.equal(isOtherWorthAsking(reportOf(state)), false, state);
  });

  const cases: [string, HealthReport, string | undefined, HealthReport["state"], string | undefined][] = [
    ["no name is found", reportOf("unreachable", "network/dns"), "network/dns", "offline", "network/offline"],
    [
      "one has no name, the other no connection",
      reportOf("unreachable", "network/dns"),
      "network/unreachable",
      "offline",
      "network/offline",
    ],
    ["the other one works", reportOf("unreachable", "network/dns"), undefined, "unreachable", "network/dns"],
    [
      "certificates are the trouble, which is no lack of a network",
      reportOf("unreachable", "network/untrusted-certificate"),
      "network/untrusted-certificate",
      "unreachable",
      "network/untrusted-certificate",
    ],
    [
      "the other one answers as a website",
      reportOf("unreachable", "network/dns"),
      "endpoint/html-response",
      "unreachable",
      "network/dns",
    ],
    ["all is well", reportOf("ok"), undefined, "ok", undefined],
    ["only the other one is down", reportOf("ok"), "network/dns", "degraded", "network/unreachable"],
    [
      "the chosen one has a trouble of its own to tell",
      reportOf("unauthorized", "account/key-invalid"),
      "network/dns",
      "unauthorized",
      "account/key-invalid",
    ],
  ];
  for (const [name, report, otherCode, state, code] of cases) {
    it(`counts when ${name}`, () => {
      const other = { baseUrl: OTHER, ...(otherCode ? { code: otherCode } : { totalMs: 90 }) };
      const judged = judgeBoth(report, other);
      assert.deepEqual([judged.state, judged.code], [state, code]);
      assert.equal(judged.endpoint, report.endpoint);
    });
  }
});

/** How an endpoint answers that is measured. */
type Measured = () => Promise<Reachability | undefined>;

describe("the endpoint for somebody who has chosen none", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  const works: Measured = () => Promise.resolve({ baseUrl: "", totalMs: 1 });
  const fails: Measured = () => Promise.resolve({ baseUrl: "", code: "network/dns" });
  const hangs: Measured = () => new Promise(() => undefined);
  const choose = (recommended: Measured, other: Measured) =>
    recommendedOrOther((baseUrl) => (baseUrl === RECOMMENDED ? recommended() : other()));

  it("is the recommended one where both answer, and where none does", async () => {
    assert.equal(await choose(works, works), RECOMMENDED);
    assert.equal(await choose(fails, fails), RECOMMENDED);
  });

  it("is the other one where only that answers", async () => assert.equal(await choose(fails, works), OTHER));

  it("is the recommended one where the other hangs or cannot even be asked", async () => {
    assert.equal(await choose(works, hangs), RECOMMENDED);
    assert.equal(await choose(works, () => Promise.reject(new Error("no certificates"))), RECOMMENDED);
  });

  it("is the other one where the recommended one has not answered some seconds after it", async () => {
    const choosing = choose(hangs, works);
    await new Promise(setImmediate);
    mock.timers.tick(3_000);
    assert.equal(await choosing, OTHER);
  });

  it("is the recommended one where that is only a bit later", async () => {
    let answer: (reachability: Reachability) => void = () => {};
    const choosing = choose(() => new Promise((resolve) => (answer = resolve)), works);
    await new Promise(setImmediate);
    mock.timers.tick(2_999);
    answer({ baseUrl: RECOMMENDED, totalMs: 2_999 });
    assert.equal(await choosing, RECOMMENDED);
  });
});
