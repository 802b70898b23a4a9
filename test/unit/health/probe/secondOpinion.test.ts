import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { createSecureContext } from "node:tls";
import { gzipSync } from "node:zlib";
import { fetch as undiciFetch, ProxyAgent } from "undici";
import type { EditorFetch } from "../../../../src/health/http/editorRequest";
import type { HealthReport } from "../../../../src/health/report";
import { probe, type ProbeOptions } from "../../../../src/health/probe/probe";
import { selfSigned } from "../certificate";
import { type ConnectProxy, startProxy } from "../connectProxy";
import { answering, closedPort, dripping, listen, type Loopback, response } from "../loopback";

const KEY = `sk-${"ab12".repeat(16)}`;
const MODELS = JSON.stringify({ object: "list", data: [{ id: "gpt-5.5" }] });
/** Cannot be resolved, and no name server is asked. */
const ENDPOINT = `https://${"a".repeat(64)}.invalid`;
const DAY = 86_400_000;
const CERTIFICATE = selfSigned(
  new URL(ENDPOINT).hostname,
  new Date(Date.now() - DAY),
  new Date(Date.now() + DAY),
);
const SECURE = createSecureContext({ ca: CERTIFICATE.cert });

describe("second opinion of the editor", () => {
  let server: Loopback;
  let proxy: ConnectProxy;
  let asked: string[];
  let serve: (socket: Socket) => void;
  beforeEach(async () => {
    asked = [];
    serve = answering(response("200 OK", "application/json", MODELS));
    server = await listen((socket) => serve(socket), CERTIFICATE);
    proxy = await startProxy(server.port);
  });
  afterEach(() => Promise.all([server.close(), proxy.close()]));

  /** A `fetch` that knows a proxy and an authority which the extension does not, as VS Code's may. */
  const editorFetch = (async (url: URL, init: object) => {
    asked.push(url.href);
    const dispatcher = new ProxyAgent({
      uri: `http://127.0.0.1:${proxy.port}`,
      requestTls: { ca: CERTIFICATE.cert },
    });
    return undiciFetch(url, { ...init, dispatcher });
  }) as unknown as EditorFetch;

  async function check(options: Partial<ProbeOptions> = {}): Promise<HealthReport | undefined> {
    const report = await probe({
      endpoint: ENDPOINT,
      apiKey: KEY,
      model: "gpt-5.5",
      network: { route: {}, editorFetch },
      ...options,
    });
    assert.ok(!JSON.stringify(report ?? {}).includes(KEY));
    return report;
  }
  const summary = (report: HealthReport | undefined) => [report?.state, report?.code, report?.via];

  it("names the difference when only the editor gets through", async () => {
    const report = await check();
    assert.deepEqual(summary(report), ["degraded", "network/proxy-mismatch", "editor"]);
    assert.equal(report?.httpStatus, 200);
    assert.deepEqual(Object.keys(report.phases), ["totalMs"]);
    assert.deepEqual(asked, [`${ENDPOINT}/v1/models`]);
  });

  it("names the certificate when only the editor trusts it", async () => {
    const route = { proxy: `http://127.0.0.1:${proxy.port}` };
    const report = await check({ network: { route, editorFetch } });
    assert.deepEqual(summary(report), ["degraded", "network/untrusted-certificate", "editor"]);
  });

  it("reports what the endpoint says to the editor about the key", async () => {
    serve = answering(response("401 x", "application/json", JSON.stringify({ code: "INVALID_API_KEY" })));
    assert.deepEqual(summary(await check()), ["unauthorized", "account/key-invalid", "editor"]);
  });

  it("never lets the editor follow a redirect with the key", async () => {
    const elsewhere = await listen(() => undefined);
    serve = answering(
      `HTTP/1.1 307 x\r\nlocation: http://127.0.0.1:${elsewhere.port}/\r\ncontent-length: 0\r\n\r\n`,
    );
    const report = await check();
    await elsewhere.close();
    assert.deepEqual(summary(report), ["notAnApi", "endpoint/redirect", "editor"]);
    assert.deepEqual(elsewhere.connections, []);
  });

  it("keeps the first failure when the editor does not get through either", async () => {
    const report = await check({
      network: { route: {}, editorFetch: () => Promise.reject(new Error("offline")) },
    });
    assert.deepEqual(summary(report), ["unreachable", "network/dns", "direct"]);
  });

  it("reports the own way when that works again meanwhile", async () => {
    let proxies = 0;
    const address = await closedPort();
    const route = {
      get proxy() {
        // The network comes back between the first and the second attempt.
        return `http://127.0.0.1:${proxies++ === 0 ? address : proxy.port}`;
      },
      secureContext: SECURE,
    };
    const report = await check({ network: { route, editorFetch } });
    assert.deepEqual([report?.state, report?.via, asked.length], ["ok", "proxy", 1]);
  });

  it("is not asked when the endpoint answers, or nobody can trust it", async () => {
    const route = { proxy: `http://127.0.0.1:${proxy.port}`, secureContext: SECURE };
    assert.equal((await check({ network: { route, editorFetch } }))?.state, "ok");
    serve = answering(response("502 x", "text/html", "<html>"));
    assert.equal((await check({ network: { route, editorFetch } }))?.state, "gatewayError");
    const wrongName = await check({
      endpoint: `https://b${new URL(ENDPOINT).host}`,
      network: { route, editorFetch },
    });
    assert.equal(wrongName?.code, "network/certificate-wrong-host");
    assert.deepEqual(asked, []);
  });

  it("is not asked where Node takes any certificate, because fetch would then, too", async () => {
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      assert.deepEqual(summary(await check()), ["unreachable", "network/dns", "direct"]);
      assert.deepEqual(asked, []);
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    }
  });

  const hostile: [string, (socket: Socket) => void][] = [
    ["no answer", () => undefined],
    ["a body without end", dripping("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n", " ")],
  ];
  for (const [name, behaviour] of hostile) {
    it(`is bounded in time: ${name}`, async () => {
      serve = behaviour;
      assert.deepEqual(summary(await check({ limits: { totalMs: 300 } })), [
        "unreachable",
        "network/dns",
        "direct",
      ]);
    });
  }

  it("is bounded in time when VS Code looks for a proxy and finds no end", async () => {
    const network = { route: {}, editorFetch: () => new Promise<never>(() => undefined) };
    const report = await check({ limits: { totalMs: 100 }, network });
    assert.deepEqual(summary(report), ["unreachable", "network/dns", "direct"]);
  });

  it("is bounded in memory by what it unpacks, not by what it receives", async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, " "));
    serve = answering(response("200 OK", "application/json\r\ncontent-encoding: gzip", bomb));
    const before = process.memoryUsage().arrayBuffers;
    const report = await check();
    assert.deepEqual(summary(report), ["notAnApi", "endpoint/unexpected-response", "editor"]);
    assert.ok(process.memoryUsage().arrayBuffers - before < 16 * 1024 * 1024);
  });

  it("reads a list that was compressed on the way, because the editor unpacks it", async () => {
    const list = gzipSync('{"data": [{"id": "gpt-5.5"}]}');
    serve = answering(response("200 OK", "application/json\r\ncontent-encoding: gzip", list));
    assert.deepEqual(summary(await check()), ["degraded", "network/proxy-mismatch", "editor"]);
  });

  it("can be cancelled", async () => {
    const cancellation = new AbortController();
    const hanging = () => {
      cancellation.abort();
      return new Promise<never>(() => undefined);
    };
    const network = { route: {}, editorFetch: hanging };
    assert.equal(await check({ signal: cancellation.signal, network }), undefined);
  });
});

describe("the clients' way", () => {
  let server: Loopback;
  let proxy: ConnectProxy;
  beforeEach(async () => {
    server = await listen(answering(response("200 OK", "application/json", MODELS)), CERTIFICATE);
    proxy = await startProxy(server.port);
  });
  afterEach(() => Promise.all([server.close(), proxy.close()]));

  const check = async (clientProxy: string | undefined) => {
    const address = `http://127.0.0.1:${proxy.port}`;
    const report = await probe({
      endpoint: ENDPOINT,
      apiKey: KEY,
      network: {
        route: { proxy: address, secureContext: SECURE },
        clientRoute: { proxy: clientProxy, secureContext: SECURE },
      },
    });
    return [report?.state, report?.code, report?.via];
  };

  it("is part of the truth: what works only with http.proxy does not work for them", async () => {
    assert.deepEqual(await check(undefined), ["degraded", "network/proxy-mismatch", "proxy"]);
    assert.deepEqual(await check(`http://localhost:${proxy.port}`), ["ok", undefined, "proxy"]);
  });
});

describe("the clients' way to an address on this machine", () => {
  const servers: Loopback[] = [];
  const start = async (serve: (socket: Socket) => void) => {
    const server = await listen(serve);
    servers.push(server);
    return server.port;
  };
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  /** Looks at an endpoint on this machine while HTTP_PROXY names a proxy that answers so. */
  const check = async (proxyAnswer: Uint8Array) => {
    let sent = "";
    const port = await start(answering(response("200 OK", "application/json", MODELS)));
    const proxyPort = await start((socket) => {
      socket.on("data", (data) => (sent += data.toString("latin1")));
      answering(proxyAnswer)(socket);
    });
    const endpoint = `http://127.0.0.1:${port}`;
    const clientRoute = { proxy: `http://user:word@127.0.0.1:${proxyPort}` };
    const report = await probe({ endpoint, apiKey: KEY, network: { route: {}, clientRoute } });
    assert.ok(sent.startsWith(`GET ${endpoint}/v1/models HTTP/1.1\r\n`), sent);
    assert.match(sent, /\r\nproxy-authorization: Basic /i);
    assert.ok(!sent.includes(KEY), "the proxy could read the key");
    return [report?.state, report?.code];
  };

  it("leads through HTTP_PROXY, and works where that passes on", async () => {
    const answer = response("401 Unauthorized", "application/json", "{}");
    assert.deepEqual(await check(answer), ["ok", undefined]);
  });

  it("fails where that does not", async () => {
    const answer = response("502 Bad Gateway", "text/html", "<html>no such host");
    assert.deepEqual(await check(answer), ["degraded", "network/proxy-mismatch"]);
  });
});
