import assert from "node:assert/strict";
import type { HealthReport } from "../../../src/health/report";
import { describeHealth, namedPhases, sentenceOf, textsOf } from "../../../src/health/texts";

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

  it("name the cause of a failed connection, and who fails", () => {
    const codes = [
      "dns",
      "dns-blocked",
      "ipv6-dns",
      "proxy-auth",
      "proxy-denied",
      "proxy-unreachable",
      "proxy-value",
      "tls-failed",
      "untrusted-certificate",
      "certificate-expired",
      "certificate-wrong-host",
      "certificate-incomplete",
      "certificate-invalid",
      "filtered",
      "captive-portal",
    ];
    const unreachable = codes.map((code) =>
      sentenceOf(report({ state: "unreachable", code: `network/${code}` })),
    );
    assert.equal(new Set(unreachable).size, codes.length);
    assert.ok(
      !unreachable.includes(sentenceOf(report({ state: "unreachable", code: "network/unreachable" }))),
    );
    const one = report({ state: "degraded", code: "network/proxy-value", failing: ["opencode"] });
    assert.match(sentenceOf(one), /^OpenCode cannot connect\. The proxy address/);
    const other = report({ state: "degraded", code: "network/unreachable", failing: ["codex"] });
    assert.match(sentenceOf(other), /^Codex cannot connect\. No connection/);
  });

  it("call no address wrong where the network answers in its place", () => {
    const label = (code: string) => textsOf({ state: "notAnApi", code }).label;
    assert.equal(label("endpoint/website"), "Wrong Address");
    assert.equal(label("network/filtered"), "Filtered");
    assert.equal(label("network/captive-portal"), "Network Sign-In");
  });

  it("end with the status where something failed, and name no code of ours", () => {
    const failed = report({ state: "noQuota", code: "account/no-quota", httpStatus: 402 });
    assert.match(describeHealth(failed), /console\. \(HTTP 402\)$/);
  });

  it("say when a limited gateway is tried again, where it says so", () => {
    const limited = (retryAfterMs?: number) =>
      sentenceOf(report({ state: "rateLimited", ...(retryAfterMs !== undefined && { retryAfterMs }) }));
    assert.match(limited(29_500), /at the moment\. Next try in 30 s\.$/);
    assert.match(limited(3_600_000), /Next try in 60 min\.$/);
    assert.match(limited(), /at the moment\.$/);
  });

  it("tell a program that is not allowed from a firewall", () => {
    const refused = report({ state: "blocked", code: "account/client-not-allowed" });
    assert.match(sentenceOf(refused), /^The gateway does not accept this program\./);
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
