import assert from "node:assert/strict";
import dns from "node:dns";
import { createSecureContext } from "node:tls";
import { classifyNetworkFailure } from "../../../../src/health/probe/networkFailure";
import { TunnelRefused } from "../../../../src/health/http/wayErrors";
import { timedFetch } from "../../../../src/health/http/timedRequest";
import { certificates, COMPANY } from "../failureWorld";
import type { Certificate } from "../certificate";
import { answering, closedPort, listen, response } from "../loopback";

const LIMITS = { connectMs: 5_000, headersMs: 5_000, answerMs: 10_000, bodyBytes: 1_000 };

/** What comes of a request to this machine under another name. */
async function judge(url: string, trusted?: Certificate) {
  const outcome = await timedFetch({
    url: new URL(url),
    headers: {},
    limits: LIMITS,
    route: trusted ? { secureContext: createSecureContext({ ca: trusted.cert }) } : {},
  });
  if (outcome.kind !== "failure") return outcome.kind;
  const { error, clock, seen } = outcome;
  const { code } = classifyNetworkFailure(error, clock.current, seen, new URL(url).hostname);
  return [code, seen.certificate?.issuer];
}

async function judgeCertificate(certificate: Certificate, trusted?: Certificate) {
  const server = await listen(answering(response("200 OK", "text/plain", "")), certificate);
  try {
    return await judge(`https://localhost:${server.port}`, trusted);
  } finally {
    await server.close();
  }
}

describe("the cause of a failed connection", () => {
  it("is a certificate, with the name of who signed it", async () => {
    const company = "Company Authority";
    assert.deepEqual(await judgeCertificate(certificates.company), [
      "network/untrusted-certificate",
      company,
    ]);
    assert.deepEqual(await judgeCertificate(certificates.expired, COMPANY), [
      "network/certificate-expired",
      company,
    ]);
    assert.deepEqual(await judgeCertificate(certificates.notYet, COMPANY), [
      "network/certificate-expired",
      company,
    ]);
    assert.deepEqual(await judgeCertificate(certificates.otherName, COMPANY), [
      "network/certificate-wrong-host",
      company,
    ]);
    assert.deepEqual(await judgeCertificate(certificates.incomplete, COMPANY), [
      "network/certificate-incomplete",
      "Intermediate Authority",
    ]);
  });

  it("is what the proxy answers to CONNECT", () => {
    const codeFor = (status: number) => classifyNetworkFailure(new TunnelRefused(status), "proxyTunnel").code;
    assert.deepEqual([407, 403, 404].map(codeFor), [
      "network/proxy-auth",
      "network/proxy-denied",
      "network/proxy-denied",
    ]);
    assert.deepEqual(new Set([200, 302, 502, 503, 504].map(codeFor)), new Set(["network/proxy-unreachable"]));
  });

  describe("where names lead to this machine", () => {
    const { lookup } = dns;
    let answered = "127.0.0.1";
    before(() => {
      dns.lookup = ((name: string, ...rest: [dns.LookupOptions, (...result: unknown[]) => void]) => {
        if (name !== "gateway.example") {
          (lookup as (...given: unknown[]) => void)(name, ...rest);
          return;
        }
        const [{ all }, callback] = rest;
        const family = answered.includes(":") ? 6 : 4;
        process.nextTick(() =>
          callback(null, ...(all ? [[{ address: answered, family }]] : [answered, family])),
        );
      }) as typeof dns.lookup;
    });
    after(() => {
      dns.lookup = lookup;
    });

    for (const address of ["127.0.0.1", "0.0.0.0", "::1", "::"]) {
      it(`is a filter of names, by ${address}`, async () => {
        answered = address;
        assert.deepEqual(await judge(`https://gateway.example:${await closedPort()}`), [
          "network/dns-blocked",
          undefined,
        ]);
      });
    }

    it("is a filter of names, too, where something else listens there", async () => {
      answered = "127.0.0.1";
      const server = await listen(answering(response("200 OK", "text/plain", "")), certificates.company);
      assert.deepEqual(await judge(`https://gateway.example:${server.port}`), [
        "network/dns-blocked",
        "Company Authority",
      ]);
      await server.close();
    });

    it("is no filter for a name of this machine", async () => {
      answered = "127.0.0.1";
      assert.deepEqual(await judge(`http://localhost:${await closedPort()}`), [
        "network/unreachable",
        undefined,
      ]);
    });
  });
});
