import assert from "node:assert/strict";
import type { HealthReport } from "../../../src/health/report";
import { describeHealth, namedPhases, sentenceOf } from "../../../src/health/texts";

const report = (more: Partial<HealthReport>): HealthReport => ({
  state: "ok",
  endpoint: "https://api.clawto.link",
  checkedAt: "2026-01-01T00:00:00Z",
  via: "direct",
  phases: { totalMs: 1 },
  ...more,
});

describe("texts of health", () => {
  it("name what is limited where something works, and keep codes out of good news", () => {
    const limited = (code: string) => sentenceOf(report({ state: "degraded", code }));
    assert.match(limited("network/proxy-mismatch"), /HTTPS_PROXY/);
    assert.match(limited("network/unreachable"), /other endpoint does not answer/);
    assert.match(limited("network/untrusted-certificate"), /certificate/);
    assert.match(limited("endpoint/model-not-offered"), /configured model/);
    assert.equal(describeHealth(report({ httpStatus: 200 })), "The endpoint works and accepts your key.");
  });

  it("end with what a supporter asks for where something failed", () => {
    const failed = report({ state: "noQuota", code: "account/no-quota", httpStatus: 402 });
    assert.match(describeHealth(failed), / \(HTTP 402, account\/no-quota\)$/);
  });

  it("list the phases that happened in their order", () => {
    const phases = namedPhases({ bodyMs: 3, totalMs: 9, dnsMs: 1, waitMs: 5 });
    assert.deepEqual(
      phases.map(({ ms }) => ms),
      [1, 5, 3],
    );
    assert.deepEqual(namedPhases({ totalMs: 9 }), []);
  });
});
