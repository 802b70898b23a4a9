import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { createSecureContext } from "node:tls";
import { gzipSync } from "node:zlib";
import type { HealthState } from "../../../src/health/healthReport";
import { probe, type ProbeLimits } from "../../../src/health/probe";
import { startGateway } from "../../gateway/gateway";
import { authority, type Certificate, issue, selfSigned } from "./certificate";
import {
  answering,
  closedPort,
  dripping,
  listen,
  type Loopback,
  pouring,
  response,
  unacceptingPort,
} from "./loopback";
import { SIMULATED } from "./simulatedModes";

const KEY = `sk-${"ab12".repeat(16)}`;
const MODELS = JSON.stringify({ object: "list", data: [{ id: "gpt-5.5" }] });
const JSON_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const PORTAL_PAGE = "<!DOCTYPE html><title>Free Wi-Fi</title><form>Sign in</form>";
const MEGABYTE = 1024 * 1024;
/** For whatever hangs; all else has the time that the extension gives it. */
const SHORT = { connectMs: 300, headersMs: 300, totalMs: 500 };

/** Where a failure mode is asked, and how. */
interface Question {
  readonly endpoint: string;
  readonly limits?: Partial<ProbeLimits>;
  readonly proxy?: string;
  readonly trusted?: Certificate;
}

/** What one test has started. */
class World {
  private readonly started: { close: () => Promise<void> }[] = [];
  /** All that arrived at servers which are not the endpoint. */
  receivedElsewhere = "";
  private readonly sockets: Socket[] = [];

  get bytesSent(): number {
    return this.sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
  }

  async start(serve: (socket: Socket) => void, certificate?: Certificate): Promise<Loopback> {
    const accept = (socket: Socket) => {
      this.sockets.push(socket);
      serve(socket);
    };
    return this.closeLater(await listen(accept, certificate));
  }

  /** A server to which the key must not come. */
  startElsewhere(serve: (socket: Socket) => void): Promise<Loopback> {
    return this.start((socket) => {
      socket.on("data", (data) => (this.receivedElsewhere += data.toString("latin1")));
      serve(socket);
    });
  }

  closeLater<T extends { close: () => Promise<void> }>(server: T): T {
    this.started.push(server);
    return server;
  }

  async end(): Promise<void> {
    await Promise.all(this.started.map(({ close }) => close()));
  }
}

type Setting = (world: World) => Promise<Question>;

const at =
  (endpoint: string): Setting =>
  () =>
    Promise.resolve({ endpoint });

const plain =
  (serve: (socket: Socket) => void, limits = {}): Setting =>
  async (world) => ({ endpoint: `http://127.0.0.1:${(await world.start(serve)).port}`, limits });

const answer = (...parts: (string | Uint8Array)[]): Setting => plain(answering(...parts));

/** Redirects to another server, which would answer well. */
const redirect =
  (status: number): Setting =>
  async (world) => {
    const { port } = await world.startElsewhere(answering(response("200 OK", "application/json", MODELS)));
    const location = `http://127.0.0.1:${port}/v1/models`;
    return answer(`HTTP/1.1 ${status} x\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`)(world);
  };

const tls =
  (certificate: Certificate, trusted?: Certificate): Setting =>
  async (world) => {
    const { port } = await world.start(
      answering(response("200 OK", "application/json", MODELS)),
      certificate,
    );
    return { endpoint: `https://localhost:${port}`, ...(trusted && { trusted }) };
  };

const proxy =
  (serve: (socket: Socket) => void, limits = {}): Setting =>
  async (world) => {
    const { port } = await world.startElsewhere(serve);
    return { endpoint: "https://gateway.invalid", proxy: `http://127.0.0.1:${port}`, limits };
  };

const proxyAt =
  (address: string): Setting =>
  () =>
    Promise.resolve({ endpoint: "https://gateway.invalid", proxy: address });

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const COMPANY = authority("Company Authority");
const certificates = {
  selfSigned: selfSigned("localhost", inDays(-1), inDays(1)),
  otherName: issue("other.invalid", inDays(-1), inDays(1), COMPANY),
  expired: issue("localhost", inDays(-2), inDays(-1), COMPANY),
  notYet: issue("localhost", inDays(1), inDays(2), COMPANY),
  company: issue("localhost", inDays(-1), inDays(1), COMPANY),
};

const simulated = Object.entries(SIMULATED).map(([mode, [state, code]]) => {
  const setting: Setting = async (world) => {
    const gateway = world.closeLater(await startGateway({ key: KEY }));
    gateway.setMode(mode as keyof typeof SIMULATED);
    return { endpoint: gateway.url, ...(mode === "hang-headers" && { limits: SHORT }) };
  };
  return [`simulator: ${mode}`, setting, state, code] as const;
});

const REAL: readonly (readonly [string, Setting, HealthState, string])[] = [
  // A label of more than 63 characters is refused before any name server is asked.
  ["an unresolvable name", at(`https://${"a".repeat(64)}.invalid`), "unreachable", "network/dns"],
  [
    "a closed port",
    async () => ({ endpoint: `http://127.0.0.1:${await closedPort()}` }),
    "unreachable",
    "network/unreachable",
  ],
  [
    "a listener that never accepts",
    async (world) => {
      const { port } = world.closeLater(await unacceptingPort());
      return { endpoint: `http://127.0.0.1:${port}`, limits: SHORT };
    },
    "unreachable",
    "network/unreachable",
  ],
  ["silence after accepting", plain(() => undefined, SHORT), "unreachable", "network/unreachable"],
  [
    "silence where TLS should begin",
    async (world) => {
      const { port } = await world.start(() => undefined);
      return { endpoint: `https://127.0.0.1:${port}`, limits: SHORT };
    },
    "unreachable",
    "network/unreachable",
  ],
  [
    "plain HTTP where TLS should be",
    async (world) => {
      const { port } = await world.start(answering(response("200 OK", "application/json", MODELS)));
      return { endpoint: `https://127.0.0.1:${port}` };
    },
    "unreachable",
    "network/unreachable",
  ],
  [
    "a connection closed without an answer",
    plain((socket) => socket.end()),
    "unreachable",
    "network/unreachable",
  ],
  [
    "a connection reset instead of an answer",
    plain((socket) => socket.once("data", () => socket.resetAndDestroy())),
    "unreachable",
    "network/unreachable",
  ],

  ["a self-signed certificate", tls(certificates.selfSigned), "unreachable", "network/untrusted-certificate"],
  ["an unknown authority", tls(certificates.company), "unreachable", "network/untrusted-certificate"],
  [
    "another host's certificate",
    tls(certificates.otherName, COMPANY),
    "unreachable",
    "network/certificate-invalid",
  ],
  [
    "an expired certificate",
    tls(certificates.expired, COMPANY),
    "unreachable",
    "network/certificate-invalid",
  ],
  [
    "a certificate from the future",
    tls(certificates.notYet, COMPANY),
    "unreachable",
    "network/certificate-invalid",
  ],

  [
    "a proxy that wants a login",
    proxy(answering("HTTP/1.1 407 x\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n")),
    "unreachable",
    "network/proxy-mismatch",
  ],
  [
    "a proxy that refuses",
    proxy(answering(response("403 Forbidden", "text/html", "<h1>Not for you</h1>"))),
    "unreachable",
    "network/proxy-mismatch",
  ],
  [
    "a proxy that finds nobody",
    proxy(answering("HTTP/1.1 502 x\r\n\r\n")),
    "unreachable",
    "network/proxy-mismatch",
  ],
  ["a proxy that hangs up", proxy((socket) => socket.end()), "unreachable", "network/proxy-mismatch"],
  ["a silent proxy", proxy(() => undefined, SHORT), "unreachable", "network/proxy-mismatch"],
  [
    "a proxy that is none",
    proxy(answering("SSH-2.0-OpenSSH_9.2\r\n")),
    "unreachable",
    "network/proxy-mismatch",
  ],
  [
    "a proxy that is not there",
    async (world) => proxyAt(`http://127.0.0.1:${await closedPort()}`)(world),
    "unreachable",
    "network/proxy-mismatch",
  ],
  ["a SOCKS proxy", proxyAt("socks5://127.0.0.1:1080"), "unreachable", "network/proxy-mismatch"],
  ["an address that is no proxy's", proxyAt("http://"), "unreachable", "network/proxy-mismatch"],
  [
    "a proxy password with a bad escape",
    proxyAt("http://a:%zz@127.0.0.1:9"),
    "unreachable",
    "network/proxy-mismatch",
  ],

  [
    "a captive portal by its status",
    answer(response("511 Network Authentication Required", "text/html", PORTAL_PAGE)),
    "unreachable",
    "network/captive-portal",
  ],
  [
    "a captive portal's page",
    answer(response("200 OK", "text/html", PORTAL_PAGE)),
    "notAnApi",
    "endpoint/website",
  ],
  ["a captive portal that redirects", redirect(302), "notAnApi", "endpoint/redirect"],
  ["a permanent redirect", redirect(301), "notAnApi", "endpoint/redirect"],
  ["a redirect that keeps the method", redirect(308), "notAnApi", "endpoint/redirect"],

  [
    "headers that never end",
    plain(dripping("HTTP/1.1 200 OK\r\n", "x-more: 1\r\n"), SHORT),
    "unreachable",
    "network/unreachable",
  ],
  [
    "a slow drip of a single header",
    plain(dripping("HTTP/1.1 200 OK\r\nx-more: ", "1"), SHORT),
    "unreachable",
    "network/unreachable",
  ],
  [
    "interim answers without end",
    plain(dripping("", "HTTP/1.1 103 Early Hints\r\n\r\n"), SHORT),
    "unreachable",
    "network/unreachable",
  ],
  [
    "too many headers",
    answer(`HTTP/1.1 200 OK\r\n${"x-more: 1\r\n".repeat(10_000)}\r\n`),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
  [
    "a body that never ends",
    plain(dripping(`${JSON_HEAD}\r\n`, " "), SHORT),
    "unreachable",
    "network/unreachable",
  ],
  [
    "a body cut short",
    answer(`${JSON_HEAD}content-length: 900\r\n\r\n{`),
    "gatewayError",
    "gateway/unavailable",
  ],
  [
    "50 MB of JSON",
    plain(pouring(`${JSON_HEAD}content-length: ${50 * MEGABYTE}\r\n\r\n`, 50 * MEGABYTE)),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
  [
    "a 50 MB error page",
    plain(pouring(`HTTP/1.1 500 x\r\ncontent-length: ${50 * MEGABYTE}\r\n\r\n`, 50 * MEGABYTE)),
    "gatewayError",
    "gateway/unavailable",
  ],
  [
    "a gzip bomb",
    answer(
      response("200 OK", "application/json\r\ncontent-encoding: gzip", gzipSync(Buffer.alloc(50 * MEGABYTE))),
    ),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
  [
    "a compressed list that nobody asked for",
    answer(response("200 OK", "application/json\r\ncontent-encoding: gzip", gzipSync(MODELS))),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
  [
    "invalid JSON",
    answer(response("200 OK", "application/json", "{'data'")),
    "gatewayError",
    "gateway/unavailable",
  ],
  [
    "an empty body",
    answer(response("200 OK", "application/json", "")),
    "gatewayError",
    "gateway/unavailable",
  ],
  [
    "the wrong charset",
    answer(response("200 OK", "application/json; charset=utf-16le", Buffer.from(MODELS, "utf16le"))),
    "gatewayError",
    "gateway/unavailable",
  ],
  [
    "binary",
    answer(response("200 OK", "application/octet-stream", Buffer.alloc(100, 0xff))),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
  [
    "the list as another type",
    answer(response("200 OK", "text/plain", MODELS)),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
  [
    "the list without a type",
    answer(`HTTP/1.1 200 OK\r\n\r\n${MODELS}`),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
  [
    "half a list",
    answer(response("200 OK", "application/json", '{"data": [{"id": "gpt-5.5"}, {}]}')),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
  [
    "an error over HTTP/1.0",
    answer(`HTTP/1.0 503 x\r\ncontent-type: application/json\r\n\r\n{}`),
    "gatewayError",
    "gateway/unavailable",
  ],
  ["another protocol", answer("SSH-2.0-OpenSSH_9.2\r\n"), "notAnApi", "endpoint/unexpected-response"],
  [
    "an error that repeats the key",
    answer(response("418 x", "application/json", JSON.stringify({ error: `bad key ${KEY}, ${KEY}` }))),
    "notAnApi",
    "endpoint/unexpected-response",
  ],
];

describe("every failure mode has its state and code, is bounded, and does not leak the key", () => {
  let world: World;
  beforeEach(() => (world = new World()));
  afterEach(() => world.end());

  for (const [name, setting, state, code] of [...simulated, ...REAL]) {
    it(`${name}: ${state}, ${code}`, async () => {
      const { endpoint, limits = {}, proxy: proxyAddress, trusted } = await setting(world);
      const excerpts: string[] = [];
      const report = await probe({
        endpoint,
        apiKey: KEY,
        model: "gpt-5.5",
        limits,
        network: {
          route: {
            proxy: proxyAddress,
            ...(trusted && { secureContext: createSecureContext({ ca: trusted.cert }) }),
          },
        },
        onUnknownAnswer: (excerpt) => excerpts.push(excerpt),
      });
      assert.deepEqual([report?.state, report?.code], [state, code]);
      assert.ok(!(JSON.stringify(report) + excerpts.join()).includes(KEY.slice(0, 12)), "key in the output");
      assert.ok(!world.receivedElsewhere.includes(KEY.slice(0, 12)), "key at another host");
      assert.ok(world.bytesSent < 20 * MEGABYTE, `${world.bytesSent} bytes were read`);
    });
  }
});
