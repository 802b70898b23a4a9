import assert from "node:assert/strict";
import { wayLine } from "../../../src/health/wayLog";

describe("wayLine", () => {
  it("says along which way, how far and why", () => {
    const certificate = {
      subject: "api.gateway.invalid",
      issuer: 'Company "A"',
      validFrom: "2026-01-01T00:00:00.000Z",
      validTo: "2026-12-31T00:00:00.000Z",
      names: "",
      namesIssuerAddress: false,
    };
    const line = wayLine({
      clients: ["codex"],
      code: "network/untrusted-certificate",
      phase: "tls",
      seen: {
        proxy: "proxy:3128",
        connectStatus: 200,
        address: "10.0.0.1",
        family: 4,
        tlsError: "SELF_SIGNED_CERT_IN_CHAIN",
        certificate,
      },
      proxyVariable: "HTTPS_PROXY",
      trustVariables: [],
    });
    assert.equal(
      line,
      "codex: network/untrusted-certificate (in tls, proxy proxy:3128 by HTTPS_PROXY, CONNECT 200, IPv4 10.0.0.1, " +
        'TLS SELF_SIGNED_CERT_IN_CHAIN, certificate "api.gateway.invalid" by "Company \\"A\\"", ' +
        "2026-01-01T00:00:00.000Z to 2026-12-31T00:00:00.000Z)",
    );
    assert.equal(
      wayLine({ clients: ["codex", "opencode"], seen: { address: "::1", family: 6 }, trustVariables: [] }),
      "codex and opencode: works (directly, IPv6 ::1)",
    );
  });
});
