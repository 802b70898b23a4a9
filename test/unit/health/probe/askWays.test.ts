import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { createSecureContext } from "node:tls";
import { fetch as undiciFetch, ProxyAgent } from "undici";
import type { EditorFetch } from "../../../../src/health/http/editorRequest";
import { type Network, oneWay, type Way } from "../../../../src/health/http/network";
import type { Route } from "../../../../src/health/http/timedConnector";
import type { HealthReport } from "../../../../src/health/report";
import type { Journey } from "../../../../src/health/probe/askWays";
import { probe, type ProbeOptions } from "../../../../src/health/probe/probe";
import { selfSigned } from "../certificate";
import { type ConnectProxy, startProxy } from "../connectProxy";
import { answering, closedPort, listen, type Loopback, response } from "../loopback";

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

describe("the clients' ways and the editor's", () => {
  let server: Loopback;
  let proxy: ConnectProxy;
  let asked: string[];
  let sent: string;
  let journey: Journey | undefined;
  let serve: (socket: Socket) => void;
  beforeEach(async () => {
    [asked, sent, journey] = [[], "", undefined];
    serve = answering(response("200 OK", "application/json", MODELS));
    server = await listen((socket) => {
      socket.on("data", (data) => (sent += data.toString("latin1")));
      serve(socket);
    }, CERTIFICATE);
    proxy = await startProxy(server.port);
  });
  afterEach(() => Promise.all([server.close(), proxy.close()]));

  /** A `fetch` that knows a proxy and an authority which the clients do not, as VS Code's may. */
  const editorFetch = (async (url: URL, init: { headers?: Record<string, string> }) => {
    asked.push(JSON.stringify([url.href, init.headers]));
    const dispatcher = new ProxyAgent({
      uri: `http://127.0.0.1:${proxy.port}`,
      requestTls: { ca: CERTIFICATE.cert },
    });
    return undiciFetch(url, { ...init, dispatcher });
  }) as unknown as EditorFetch;
  const editor = (fetch: EditorFetch = editorFetch, differs = false) => ({ fetch, differs });

  const codexOnly = (route: Route): Way => ({ ...oneWay(route).ways[0], clients: ["codex"] });
  const opencodeOnly = (route: Route): Way => ({ ...oneWay(route).ways[0], clients: ["opencode"] });
  const throughProxy = () => ({ proxy: `http://127.0.0.1:${proxy.port}`, secureContext: SECURE });
  const untrusting = () => ({ proxy: `http://127.0.0.1:${proxy.port}` });

  async function check(
    network: Network,
    options: Partial<ProbeOptions> = {},
  ): Promise<HealthReport | undefined> {
    const report = await probe({
      endpoint: ENDPOINT,
      apiKey: KEY,
      model: "gpt-5.5",
      network,
      onJourney: (made) => (journey = made),
      ...options,
    });
    assert.ok(!JSON.stringify([report, journey, asked]).includes(KEY));
    return report;
  }
  const summary = (report: HealthReport | undefined) => [
    report?.state,
    report?.code,
    report?.via,
    report?.failing,
  ];
  const requests = () => sent.match(/^GET /gm)?.length ?? 0;
  const withKey = () => sent.split(KEY).length - 1;

  it("cost one request where all go the same way", async () => {
    assert.deepEqual(summary(await check(oneWay(throughProxy()))), ["ok", undefined, "proxy", undefined]);
    assert.deepEqual([requests(), withKey()], [1, 1]);
  });

  it("cost one more without the key for each further way, and name who fails", async () => {
    const report = await check({ ways: [codexOnly(throughProxy()), opencodeOnly(untrusting())] });
    assert.deepEqual(summary(report), ["degraded", "network/untrusted-certificate", "proxy", ["opencode"]]);
    assert.deepEqual([requests(), withKey()], [1, 1]);
    const again = await check({ ways: [codexOnly(throughProxy()), opencodeOnly(throughProxy())] });
    assert.deepEqual(summary(again), ["ok", undefined, "proxy", undefined]);
    assert.deepEqual([requests(), withKey()], [3, 2]);
  });

  it("lead the key along the one that works where the first does not", async () => {
    const report = await check({ ways: [codexOnly(untrusting()), opencodeOnly(throughProxy())] });
    assert.deepEqual(summary(report), ["degraded", "network/untrusted-certificate", "proxy", ["codex"]]);
    assert.deepEqual(report?.httpStatus, 200);
    assert.deepEqual([requests(), withKey()], [2, 1]);
    assert.deepEqual(
      journey?.results.map(({ clients, code, phase }) => [clients[0], code, phase]),
      [
        ["codex", "network/untrusted-certificate", "tls"],
        ["opencode", undefined, undefined],
      ],
    );
    assert.equal(journey.results[0]?.seen.certificate?.subject, new URL(ENDPOINT).hostname.slice(0, 100));
  });

  it("are out of reach where none works", async () => {
    const report = await check({ ways: [codexOnly(untrusting()), opencodeOnly({})] });
    const code = "network/untrusted-certificate";
    assert.deepEqual(summary(report), ["unreachable", code, "proxy", ["codex", "opencode"]]);
    assert.equal(requests(), 0);
  });

  it("are not asked where the value of the proxy is none for the client", async () => {
    const report = await check({
      ways: [
        codexOnly(throughProxy()),
        { ...opencodeOnly({}), isUnusable: true, proxyVariable: "https_proxy" },
      ],
    });
    assert.deepEqual([report?.state, report?.failing], ["degraded", ["opencode"]]);
    assert.equal(journey?.results[1]?.proxyVariable, "https_proxy");
  });

  it("say what the gateway says about the key before anything else", async () => {
    serve = answering(response("401 x", "application/json", JSON.stringify({ code: "INVALID_API_KEY" })));
    const report = await check({ ways: [codexOnly(throughProxy()), opencodeOnly(untrusting())] });
    assert.deepEqual(summary(report), ["unauthorized", "account/key-invalid", "proxy", undefined]);
  });

  describe("of which the editor's", () => {
    it("is never the verdict: what only VS Code reaches is out of reach", async () => {
      const report = await check(oneWay({}, editor()));
      assert.deepEqual(summary(report), ["unreachable", "network/proxy-mismatch", "direct", undefined]);
      assert.equal(journey?.editorWorks, true);
      assert.equal(withKey(), 0);
    });

    it("leaves a finer cause as it is", async () => {
      const report = await check(oneWay(untrusting(), editor()));
      assert.deepEqual(summary(report), ["unreachable", "network/untrusted-certificate", "proxy", undefined]);
      assert.equal(journey?.editorWorks, true);
    });

    it("is a remark where it fails and the clients get through", async () => {
      const fails: EditorFetch = () => Promise.reject(new Error("no proxy there"));
      const report = await check(oneWay(throughProxy(), editor(fails, true)), { asksEditor: true });
      assert.equal(report?.state, "ok");
      assert.equal(journey?.editorWorks, false);
    });

    it("is asked only where it may differ", async () => {
      assert.equal((await check(oneWay(throughProxy(), editor(editorFetch, true))))?.state, "ok");
      assert.equal((await check(oneWay(throughProxy(), editor()), { asksEditor: true }))?.state, "ok");
      serve = answering(response("502 x", "text/html", "<html>"));
      assert.equal((await check(oneWay(throughProxy(), editor())))?.state, "gatewayError");
      assert.deepEqual(asked, []);
    });

    it("is not asked where Node takes any certificate, because fetch would then, too", async () => {
      process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
      try {
        assert.equal((await check(oneWay({}, editor())))?.code, "network/dns");
        assert.deepEqual(asked, []);
      } finally {
        delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      }
    });

    it("never follows a redirect", async () => {
      const elsewhere = await listen(() => undefined);
      const location = `http://127.0.0.1:${elsewhere.port}/`;
      serve = answering(`HTTP/1.1 307 x\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`);
      const report = await check(oneWay({}, editor()));
      await elsewhere.close();
      assert.deepEqual([report?.code, elsewhere.connections], ["network/dns", []]);
    });

    it("gives way to the clients' where that works again meanwhile", async () => {
      let proxies = 0;
      const address = await closedPort();
      const route = {
        get proxy() {
          // The network comes back between the first and the second attempt.
          return `http://127.0.0.1:${proxies++ === 0 ? address : proxy.port}`;
        },
        secureContext: SECURE,
      };
      const report = await check(oneWay(route, editor()));
      assert.deepEqual([report?.state, asked.length], ["ok", 1]);
    });

    it("is bounded in time when VS Code looks for a proxy and finds no end", async () => {
      const hanging = () => new Promise<never>(() => undefined);
      const report = await check(oneWay({}, editor(hanging)), { limits: { connectMs: 200, answerMs: 200 } });
      assert.deepEqual(summary(report), ["unreachable", "network/dns", "direct", undefined]);
    });

    it("can be cancelled", async () => {
      const cancellation = new AbortController();
      const hanging = () => {
        cancellation.abort();
        return new Promise<never>(() => undefined);
      };
      assert.equal(await check(oneWay({}, editor(hanging)), { signal: cancellation.signal }), undefined);
    });
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
    const route = { proxy: `http://user:word@127.0.0.1:${proxyPort}` };
    const [direct] = oneWay({}).ways;
    const network: Network = { ways: [direct, { ...direct, clients: ["opencode"], route }] };
    const report = await probe({ endpoint, apiKey: KEY, network });
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
    assert.deepEqual(await check(answer), ["degraded", "gateway/unavailable"]);
  });
});
