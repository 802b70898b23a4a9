import assert from "node:assert/strict";
import type { HealthReport } from "../../../../src/health/report";
import { isOtherWorthAsking, judgeBoth, otherEndpointOf } from "../../../../src/health/probe/otherEndpoint";

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
