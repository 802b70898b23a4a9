import assert from "node:assert/strict";
import { once } from "node:events";
import { createSecureContext } from "node:tls";
import { type HealthReport } from "../../../../src/health/report";
import { probe, type ProbeOptions } from "../../../../src/health/probe/probe";
import { oneWay } from "../../../../src/health/http/network";
import type { Route } from "../../../../src/health/http/timedConnector";
import { type Gateway, startGateway } from "../../../gateway/gateway";
import { type Certificate, selfSigned } from "../certificate";
import { type ConnectProxy, startProxy } from "../connectProxy";
import { answering, listen, type Loopback, response } from "../loopback";

const KEY = `sk-${"ab12".repeat(16)}`;
const CHUNKED_HEAD =
  "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
const MODEL_LIST = JSON.stringify({ object: "list", data: [{ id: "gpt-5.5" }] });
const WITHOUT_LENGTH = `HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${MODEL_LIST}`;

/** A probe that was not cancelled; no report may hold the key. */
async function check(options: Partial<ProbeOptions> & { endpoint: string }): Promise<HealthReport> {
  const report = await probe({ apiKey: KEY, ...options });
  assert.ok(report);
  assert.ok(!JSON.stringify(report).includes(options.apiKey ?? KEY), "the report holds the key");
  return report;
}

function outcome({ state, code }: HealthReport): [string, string | undefined] {
  return [state, code];
}

describe("probe of the simulated gateway", () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());
  beforeEach(() => {
    gateway.setMode("ok");
    gateway.clear();
  });
  const checkGateway = (more: Partial<ProbeOptions> = {}) =>
    check({ endpoint: gateway.url, apiKey: gateway.key, model: "gpt-5.5", ...more });

  it("asks once for the models, with the key, and is ok", async () => {
    const report = await checkGateway();
    assert.deepEqual(
      { ...report, checkedAt: "", phases: {} },
      { state: "ok", endpoint: gateway.url, httpStatus: 200, via: "direct", checkedAt: "", phases: {} },
    );
    assert.equal(new Date(report.checkedAt).toISOString(), report.checkedAt);
    assert.deepEqual(Object.keys(report.phases).sort(), ["bodyMs", "connectMs", "totalMs", "waitMs"]);
    assert.ok(Object.values(report.phases).every(Number.isInteger));
    assert.deepEqual(
      gateway.requests.map(({ method, path, headers }) => ({ method, path, headers })),
      [
        {
          method: "GET",
          path: "/v1/models",
          headers: {
            host: new URL(gateway.url).host,
            connection: "close",
            "user-agent": "TokenPool for VS Code",
            authorization: `Bearer ${gateway.key}`,
            accept: "application/json",
            "accept-encoding": "identity",
          },
        },
      ],
    );
  });

  it("accepts an address with /v1 and a slash", async () => {
    const report = await checkGateway({ endpoint: `${gateway.url}/v1/` });
    assert.equal(report.state, "ok");
    assert.equal(report.endpoint, gateway.url);
  });

  it("finds a wrong key", async () => {
    assert.deepEqual(outcome(await checkGateway({ apiKey: KEY })), ["unauthorized", "account/key-invalid"]);
  });

  it("finds a model that is not offered, be it for work or for review", async () => {
    const expected = ["degraded", "account/model-unavailable"];
    assert.deepEqual(outcome(await checkGateway({ model: "gpt-4" })), expected);
    assert.deepEqual(outcome(await checkGateway({ reviewModel: "gpt-4" })), expected);
  });

  it("calls a very long wait slow", async () => {
    assert.deepEqual(outcome(await checkGateway({ limits: { slowMs: -1 } })), ["slow", "network/slow"]);
  });

  it("reads Retry-After", async () => {
    gateway.setMode("429-retry-after");
    assert.equal((await checkGateway()).retryAfterMs, 30_000);
  });

  it("opens a connection of its own each time", async () => {
    const ports = new Set<number | undefined>();
    const server = await listen((socket) => {
      ports.add(socket.remotePort);
      answering(json(MODEL_LIST))(socket);
    });
    const endpoint = `http://127.0.0.1:${server.port}`;
    await check({ endpoint });
    await check({ endpoint });
    assert.equal(ports.size, 2);
    await server.close();
  });

  for (const more of ["?next=KEY", "#KEY", "/v1?", "/v1#"]) {
    it(`sends nothing behind a path: ${more}`, async () => {
      const secret = "a-secret-of-somebody";
      const endpoint = gateway.url + more.replace("KEY", secret);
      const report = await checkGateway({ endpoint });
      assert.ok(!JSON.stringify(report).includes(secret));
      assert.equal(report.endpoint, gateway.url);
      const isRefused = more.includes("KEY");
      assert.deepEqual(outcome(report), isRefused ? ["notAnApi", "endpoint/malformed"] : ["ok", undefined]);
      assert.deepEqual(
        gateway.requests.map(({ path }) => path),
        isRefused ? [] : ["/v1/models"],
      );
    });
  }

  it("never follows a redirect with the key", async () => {
    const to = `${gateway.url}/v1/models`;
    const server = await listen(answering(`HTTP/1.1 308 x\r\nlocation: ${to}\r\ncontent-length: 0\r\n\r\n`));
    const report = await check({ endpoint: `http://127.0.0.1:${server.port}`, apiKey: gateway.key });
    await server.close();
    assert.deepEqual(outcome(report), ["notAnApi", "endpoint/redirect"]);
    assert.equal(report.httpStatus, 308);
    assert.deepEqual(gateway.requests, []);
  });
});

describe("probe without a request", () => {
  const refused: [string, Partial<ProbeOptions>, string, string, string][] = [
    ["no key", { apiKey: "" }, "noKey", "key/missing", "https://gateway.invalid"],
    [
      "a key no header can carry",
      { apiKey: "a\nb" },
      "unauthorized",
      "key/malformed",
      "https://gateway.invalid",
    ],
    ["no address", { endpoint: "" }, "notAnApi", "endpoint/malformed", ""],
    ["the key as address", { endpoint: KEY }, "notAnApi", "endpoint/malformed", ""],
    [
      "a password in the address",
      { endpoint: "https://user:secret@gateway.invalid" },
      "notAnApi",
      "endpoint/malformed",
      "https://gateway.invalid",
    ],
    [
      "plain http",
      { endpoint: "http://gateway.invalid" },
      "notAnApi",
      "endpoint/insecure",
      "http://gateway.invalid",
    ],
    [
      "the website",
      { endpoint: "https://tokenpool.dev" },
      "notAnApi",
      "endpoint/website",
      "https://tokenpool.dev",
    ],
  ];
  for (const [name, options, state, code, endpoint] of refused) {
    it(name, async () => {
      const report = await probe({ endpoint: "https://gateway.invalid", apiKey: KEY, ...options });
      assert.ok(report);
      assert.deepEqual([report.state, report.code, report.endpoint], [state, code, endpoint]);
      assert.equal(report.httpStatus, undefined);
    });
  }
});

describe("probe of an unusual server", () => {
  let server: Loopback | undefined;
  afterEach(() => server?.close());

  const unusual: [string, (string | Uint8Array)[]][] = [
    ["HTTP/1.0", [WITHOUT_LENGTH]],
    ["a body in pieces", [CHUNKED_HEAD, '7\r\n{"data"\r\n', "3\r\n:[]\r\n1\r\n}\r\n0\r\n\r\n"]],
    ["an interim answer first", ["HTTP/1.1 103 Early Hints\r\n\r\n", json(MODEL_LIST)]],
    ["a declared charset", [json(MODEL_LIST, "application/json; charset=UTF-8")]],
  ];
  for (const [name, parts] of unusual) {
    it(`is ok with ${name}`, async () => {
      server = await listen(answering(...parts));
      assert.equal((await check({ endpoint: `http://127.0.0.1:${server.port}` })).state, "ok");
    });
  }

  it("is ok where all that was announced came, whatever becomes of the connection then", async () => {
    // At once, so that the reset can reach us before the body was read.
    server = await listen((socket) =>
      socket.once("data", () => socket.write(json(MODEL_LIST), () => socket.resetAndDestroy())),
    );
    assert.equal((await check({ endpoint: `http://127.0.0.1:${server.port}` })).state, "ok");
  });

  it("cancelled: no report, and the connection is closed", async () => {
    const cancellation = new AbortController();
    let closed: Promise<unknown> | undefined;
    server = await listen((socket) => {
      closed = once(socket, "close");
      socket.resume();
      cancellation.abort();
    });
    const endpoint = `http://127.0.0.1:${server.port}`;
    assert.equal(await probe({ endpoint, apiKey: KEY, signal: cancellation.signal }), undefined);
    await closed;
    assert.equal(await probe({ endpoint, apiKey: KEY, signal: cancellation.signal }), undefined);
    assert.equal(server.connections.length, 1);
  });
});

describe("probe over TLS", () => {
  const certificate = selfSigned("localhost", inDays(-1), inDays(1));
  let server: Loopback;
  beforeEach(async () => {
    server = await listen(answering(json(MODEL_LIST)), certificate);
  });
  afterEach(() => server.close());
  const checkTls = (trusted: boolean) =>
    check({
      endpoint: `https://localhost:${server.port}`,
      ...(trusted && { network: oneWay(trusting(certificate)) }),
    });

  it("is ok with a list that only ends with the connection", async () => {
    await server.close();
    server = await listen(answering(WITHOUT_LENGTH), certificate);
    assert.equal((await checkTls(true)).state, "ok");
  });

  it("measures name, connection and TLS", async () => {
    const report = await checkTls(true);
    assert.equal(report.state, "ok");
    assert.deepEqual(Object.keys(report.phases), [
      "dnsMs",
      "connectMs",
      "tlsMs",
      "waitMs",
      "bodyMs",
      "totalMs",
    ]);
  });

  it("stops before it sends anything when the certificate is not trusted", async () => {
    assert.deepEqual(outcome(await checkTls(false)), ["unreachable", "network/untrusted-certificate"]);
    assert.deepEqual(server.connections, []);
  });

  it("verifies certificates even when Node is told not to", async () => {
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      assert.deepEqual(outcome(await checkTls(false)), ["unreachable", "network/untrusted-certificate"]);
      assert.deepEqual(server.connections, []);
    } finally {
      if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
    }
  });
});

describe("probe through a proxy", () => {
  const certificate = selfSigned("gateway.invalid", inDays(-1), inDays(1));
  const proxyCertificate = selfSigned("localhost", inDays(-1), inDays(1));
  let target: Loopback;
  let proxy: ConnectProxy;
  beforeEach(async () => {
    target = await listen(answering(json(MODEL_LIST)), certificate);
    proxy = await startProxy(target.port);
  });
  afterEach(() => Promise.all([target.close(), proxy.close()]));
  const checkThrough = (address: string) =>
    check({
      endpoint: "https://gateway.invalid",
      network: oneWay({ proxy: address, ...trusting(certificate, proxyCertificate) }),
    });

  it("tunnels to the endpoint and measures each step; the proxy never sees the key", async () => {
    const report = await checkThrough(`http://127.0.0.1:${proxy.port}`);
    assert.deepEqual([report.state, report.via], ["ok", "proxy"]);
    assert.deepEqual(Object.keys(report.phases), [
      "proxyConnectMs",
      "proxyTunnelMs",
      "tlsMs",
      "waitMs",
      "bodyMs",
      "totalMs",
    ]);
    assert.deepEqual(
      proxy.requests.map(({ method, url, headers }) => [method, url, headers.authorization]),
      [["CONNECT", "gateway.invalid:443", undefined]],
    );
  });

  it("is ok with a list that only ends with the connection, through both kinds of proxy", async () => {
    const endless = await listen(answering(WITHOUT_LENGTH), certificate);
    const ways = await Promise.all([startProxy(endless.port), startProxy(endless.port, proxyCertificate)]);
    const [plain, secure] = ways;
    assert.equal((await checkThrough(`http://127.0.0.1:${plain.port}`)).state, "ok");
    assert.equal((await checkThrough(`https://localhost:${secure.port}`)).state, "ok");
    await Promise.all([endless, ...ways].map((each) => each.close()));
  });

  it("takes an address without scheme", async () => {
    assert.equal((await checkThrough(`127.0.0.1:${proxy.port}`)).state, "ok");
  });

  it("goes through a proxy that itself speaks TLS, and only if its certificate is right", async () => {
    const secure = await startProxy(target.port, proxyCertificate);
    assert.equal((await checkThrough(`https://localhost:${secure.port}`)).state, "ok");
    const wrongName = await checkThrough(`https://127.0.0.1:${secure.port}`);
    assert.deepEqual(outcome(wrongName), ["unreachable", "network/certificate-wrong-host"]);
    assert.equal(secure.requests.length, 1);
    await secure.close();
  });

  it("logs in to the proxy", async () => {
    proxy.credentials = "user name:pass:word";
    const address = `127.0.0.1:${proxy.port}`;
    assert.equal((await checkThrough(`http://user%20name:pass%3Aword@${address}`)).state, "ok");
    const refused = await checkThrough(`http://${address}`);
    assert.deepEqual(outcome(refused), ["unreachable", "network/proxy-auth"]);
    assert.deepEqual(Object.keys(refused.phases), ["proxyConnectMs", "totalMs"]);
  });

  it("connects only once to a proxy that hangs up", async () => {
    const hangingUp = await listen((socket) => socket.end());
    const report = await checkThrough(`http://127.0.0.1:${hangingUp.port}`);
    await hangingUp.close();
    assert.deepEqual(outcome(report), ["unreachable", "network/proxy-unreachable"]);
    assert.equal(hangingUp.connections.length, 1);
  });

  it("finds an endpoint behind it that has another certificate", async () => {
    await target.close();
    target = await listen(answering(json(MODEL_LIST)), selfSigned("gateway.invalid", inDays(-1), inDays(1)));
    proxy.targetPort = target.port;
    const report = await checkThrough(`http://127.0.0.1:${proxy.port}`);
    assert.deepEqual(outcome(report), ["unreachable", "network/untrusted-certificate"]);
  });
});

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

function json(body: string, contentType = "application/json"): Buffer {
  return response("200 OK", contentType, body);
}

function trusting(...certificates: Certificate[]): Route {
  return { secureContext: createSecureContext({ ca: certificates.map(({ cert }) => cert) }) };
}
