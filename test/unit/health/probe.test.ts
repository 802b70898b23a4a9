import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { type HealthReport } from "../../../src/health/healthReport";
import { probe, type ProbeOptions } from "../../../src/health/probe";
import { type Gateway, startGateway } from "../../gateway/gateway";
import type { GatewayMode } from "../../gateway/modes";
import { selfSigned } from "./certificate";
import { type ConnectProxy, startProxy } from "./connectProxy";
import { answering, closedPort, listen, type Loopback } from "./loopback";

const KEY = `sk-${"ab12".repeat(16)}`;
const MODEL_LIST = JSON.stringify({ object: "list", data: [{ id: "gpt-5.5" }] });

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
      gateway.requests.map(({ method, path, authorization }) => ({ method, path, authorization })),
      [{ method: "GET", path: "/v1/models", authorization: `Bearer ${gateway.key}` }],
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

  const modes: [GatewayMode, string, string][] = [
    ["401-openai", "unauthorized", "account/key-invalid"],
    ["401-new-api", "unauthorized", "account/key-invalid"],
    ["401-sub2api", "unauthorized", "account/key-invalid"],
    ["402", "noQuota", "account/no-quota"],
    ["403", "blocked", "account/client-not-allowed"],
    ["403-balance", "noQuota", "account/no-quota"],
    ["404-html", "notAnApi", "endpoint/html-response"],
    ["404-json", "notAnApi", "endpoint/unexpected-response"],
    ["404-model", "degraded", "account/model-unavailable"],
    ["400-model", "degraded", "account/model-unavailable"],
    ["429", "rateLimited", "account/rate-limited"],
    ["429-quota", "noQuota", "account/no-quota"],
    ["429-retry-after", "rateLimited", "account/rate-limited"],
    ["500", "gatewayError", "gateway/unavailable"],
    ["502-html", "gatewayError", "gateway/unavailable"],
    ["503-model", "degraded", "account/model-unavailable"],
    ["200-html", "notAnApi", "endpoint/website"],
    ["200-json", "notAnApi", "endpoint/unexpected-response"],
    ["redirect-302-login", "notAnApi", "endpoint/redirect"],
    ["redirect-307", "notAnApi", "endpoint/redirect"],
    ["hang-headers", "unreachable", "network/unreachable"],
  ];
  for (const [mode, state, code] of modes) {
    it(`${mode}: ${state}, ${code}`, async () => {
      gateway.setMode(mode);
      const limits = mode === "hang-headers" ? { headersMs: 50 } : {};
      assert.deepEqual(outcome(await checkGateway({ limits })), [state, code]);
      assert.equal(gateway.requests.length, 1);
    });
  }

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

describe("probe of a broken network", () => {
  let server: Loopback | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  async function checkServer(serve: (socket: Socket) => void, limits = {}): Promise<HealthReport> {
    server = await listen(serve);
    return check({ endpoint: `http://127.0.0.1:${server.port}`, limits });
  }
  const unreachable = ["unreachable", "network/unreachable"];
  const notAnApi = ["notAnApi", "endpoint/unexpected-response"];
  const gatewayError = ["gatewayError", "gateway/unavailable"];

  it("a name that cannot be resolved", async () => {
    // A label of more than 63 characters is refused before any name server is asked.
    const report = await check({ endpoint: `https://${"a".repeat(64)}.invalid` });
    assert.deepEqual(outcome(report), ["unreachable", "network/dns"]);
    assert.deepEqual(Object.keys(report.phases), ["totalMs"]);
  });

  it("a closed port", async () => {
    const report = await check({ endpoint: `http://127.0.0.1:${await closedPort()}` });
    assert.deepEqual(outcome(report), unreachable);
    assert.deepEqual(Object.keys(report.phases), ["totalMs"]);
  });

  it("a server that accepts and says nothing", async () => {
    const report = await checkServer(() => undefined, { headersMs: 50 });
    assert.deepEqual(outcome(report), unreachable);
    assert.deepEqual(Object.keys(report.phases), ["connectMs", "totalMs"]);
  });

  it("a server that never begins TLS", async () => {
    server = await listen(() => undefined);
    const report = await check({ endpoint: `https://127.0.0.1:${server.port}`, limits: { connectMs: 50 } });
    assert.deepEqual(outcome(report), unreachable);
    assert.deepEqual(Object.keys(report.phases), ["connectMs", "totalMs"]);
  });

  it("plain HTTP where TLS is expected", async () => {
    server = await listen(answering(json(MODEL_LIST)));
    const report = await check({ endpoint: `https://127.0.0.1:${server.port}` });
    assert.deepEqual(outcome(report), unreachable);
  });

  it("headers that never end", async () => {
    const report = await checkServer(
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        drip(socket, "x-more: 1\r\n");
      },
      { headersMs: 100 },
    );
    assert.deepEqual(outcome(report), unreachable);
  });

  it("a body that never ends", async () => {
    const report = await checkServer(
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n");
        drip(socket, " ");
      },
      { totalMs: 200 },
    );
    assert.deepEqual(outcome(report), unreachable);
    assert.equal(report.httpStatus, undefined);
  });

  it("a body of 50 MB is not read to its end", async () => {
    const total = 50 * 1024 * 1024;
    let written = 0;
    const report = await checkServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${total}\r\n\r\n`);
      const chunk = Buffer.alloc(64 * 1024, " ");
      const write = () => {
        while (written < total && !socket.destroyed) {
          written += chunk.length;
          if (!socket.write(chunk)) return;
        }
      };
      socket.on("drain", write);
      write();
    });
    assert.deepEqual(outcome(report), notAnApi);
    assert.ok(written < total);
  });

  const answers: [string, (string | Uint8Array)[], readonly string[]][] = [
    [
      "a model list over HTTP/1.0",
      [`HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${MODEL_LIST}`],
      ["ok"],
    ],
    ["a model list under another type", [json(MODEL_LIST, "text/plain")], notAnApi],
    ["invalid JSON", [json("{'data'")], gatewayError],
    ["JSON in UTF-16", [json(Buffer.from(MODEL_LIST, "utf16le"))], gatewayError],
    ["binary data", [json(Buffer.alloc(100, 0xff), "application/octet-stream")], notAnApi],
    [
      "a compressed body nobody asked for",
      [json(gzipSync(MODEL_LIST), "application/json\r\ncontent-encoding: gzip")],
      notAnApi,
    ],
    ["too many headers", [`HTTP/1.1 200 OK\r\n${"x-more: 1\r\n".repeat(10_000)}\r\n`], notAnApi],
    ["another protocol", ["SSH-2.0-OpenSSH_9.2\r\n"], notAnApi],
    ["a connection closed without an answer", [], unreachable],
    [
      "a body cut short",
      ["HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"],
      gatewayError,
    ],
    [
      "no content type",
      [`HTTP/1.1 200 OK\r\ncontent-length: ${MODEL_LIST.length}\r\n\r\n${MODEL_LIST}`],
      notAnApi,
    ],
    ["an empty body", [json("")], gatewayError],
  ];
  for (const [name, parts, [state, code]] of answers) {
    it(name, async () => {
      assert.deepEqual(outcome(await checkServer(answering(...parts))), [state, code]);
    });
  }

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
  let server: Loopback | undefined;
  afterEach(() => server?.close());

  /** @param trusted the certificate is one of the authorities */
  async function checkTls(
    hostName: string,
    from: number,
    to: number,
    trusted: boolean,
  ): Promise<HealthReport> {
    const certificate = selfSigned(hostName, inDays(from), inDays(to));
    server = await listen(answering(json(MODEL_LIST)), certificate);
    return check({
      endpoint: `https://localhost:${server.port}`,
      ...(trusted && { route: { certificateAuthorities: [certificate.cert] } }),
    });
  }

  it("measures name, connection and TLS", async () => {
    const report = await checkTls("localhost", -1, 1, true);
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

  const untrusted = ["unreachable", "network/untrusted-certificate"];
  const invalid = ["unreachable", "network/certificate-invalid"];
  const certificates: [string, string, number, number, boolean, string[]][] = [
    ["a self-signed certificate", "localhost", -1, 1, false, untrusted],
    ["another host's certificate", "other.invalid", -1, 1, true, invalid],
    ["an expired certificate", "localhost", -2, -1, true, invalid],
    ["a certificate from the future", "localhost", 1, 2, true, invalid],
  ];
  for (const [name, hostName, from, to, trusted, expected] of certificates) {
    it(`refuses ${name} and sends nothing`, async () => {
      const report = await checkTls(hostName, from, to, trusted);
      assert.deepEqual(outcome(report), expected);
      assert.equal(report.httpStatus, undefined);
      assert.equal(
        server?.connections.reduce((sum, socket) => sum + socket.bytesRead, 0),
        0,
      );
    });
  }
});

describe("probe through a proxy", () => {
  const certificate = selfSigned("gateway.invalid", inDays(-1), inDays(1));
  let target: Loopback;
  let proxy: ConnectProxy;
  beforeEach(async () => {
    target = await listen(answering(json(MODEL_LIST)), certificate);
    proxy = await startProxy(target.port);
  });
  afterEach(() => Promise.all([target.close(), proxy.close()]));
  const checkThrough = (address: string, limits = {}) =>
    check({
      endpoint: "https://gateway.invalid",
      limits,
      route: { proxy: address, certificateAuthorities: [certificate.cert] },
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

  it("takes an address without scheme", async () => {
    assert.equal((await checkThrough(`127.0.0.1:${proxy.port}`)).state, "ok");
  });

  it("logs in to the proxy", async () => {
    proxy.credentials = "user name:pass:word";
    const address = `127.0.0.1:${proxy.port}`;
    assert.equal((await checkThrough(`http://user%20name:pass%3Aword@${address}`)).state, "ok");
    const refused = await checkThrough(`http://${address}`);
    assert.deepEqual(outcome(refused), ["unreachable", "network/proxy-mismatch"]);
    assert.deepEqual(Object.keys(refused.phases), ["proxyConnectMs", "totalMs"]);
  });

  it("finds an endpoint behind it that has another certificate", async () => {
    await target.close();
    target = await listen(answering(json(MODEL_LIST)), selfSigned("gateway.invalid", inDays(-1), inDays(1)));
    proxy.targetPort = target.port;
    const report = await checkThrough(`http://127.0.0.1:${proxy.port}`);
    assert.deepEqual(outcome(report), ["unreachable", "network/untrusted-certificate"]);
  });

  it("names a proxy that is not there, silent, or no proxy", async () => {
    const silent = await listen(() => undefined);
    const other = await listen(answering("SSH-2.0-OpenSSH_9.2\r\n"));
    const addresses = [
      `http://127.0.0.1:${await closedPort()}`,
      `http://127.0.0.1:${silent.port}`,
      `http://127.0.0.1:${other.port}`,
      "socks5://127.0.0.1:1080",
      "http://",
    ];
    for (const address of addresses) {
      const report = await checkThrough(address, { connectMs: 200 });
      assert.deepEqual(outcome(report), ["unreachable", "network/proxy-mismatch"], address);
      assert.equal(report.via, "proxy");
    }
    await Promise.all([silent.close(), other.close()]);
  });
});

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

function json(body: string | Buffer, contentType = "application/json"): Buffer {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** Writes a little again and again until the client hangs up. */
function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.once("close", () => clearInterval(timer));
}
