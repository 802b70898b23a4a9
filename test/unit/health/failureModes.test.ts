import assert from "node:assert/strict";
import { createSecureContext } from "node:tls";
import { gzipSync } from "node:zlib";
import type { HealthState } from "../../../src/health/report";
import { oneWay } from "../../../src/health/http/network";
import { probe } from "../../../src/health/probe/probe";
import { startGateway } from "../../gateway/gateway";
import {
  answer,
  at,
  certificates,
  COMPANY,
  cutTls,
  MODELS,
  plain,
  proxy,
  proxyAt,
  redirect,
  type Setting,
  tls,
  World,
} from "./failureWorld";
import {
  answering,
  closedPort,
  dripping,
  pouring,
  resetting,
  resettingAtOnce,
  response,
  unacceptingPort,
} from "./loopback";
import { SIMULATED } from "./simulatedModes";

const KEY = `sk-${"ab12".repeat(16)}`;
const JSON_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const PORTAL_PAGE = "<!DOCTYPE html><title>Free Wi-Fi</title><form>Sign in</form>";
const BLOCK_PAGE = "<!DOCTYPE html><title>Web Page Blocked</title>";
const PAGE = "<!DOCTYPE html><title>Welcome</title>";
const inspected = (status: string) => tls(certificates.company, COMPANY, response(status, "text/html", PAGE));
const MEGABYTE = 1024 * 1024;
/** For whatever hangs; all else has the time that the extension gives it. */
const SHORT = { connectMs: 300, headersMs: 300, answerMs: 500 };

type Verdict = readonly [HealthState, string];
const UNREACHABLE: Verdict = ["unreachable", "network/unreachable"];
const NO_ANSWER: Verdict = ["unreachable", "gateway/no-answer"];
const PROXY: Verdict = ["unreachable", "network/proxy-unreachable"];
const PROXY_VALUE: Verdict = ["unreachable", "network/proxy-value"];
const FILTERED: Verdict = ["blocked", "network/filtered"];
const TLS: Verdict = ["unreachable", "network/tls-failed"];
const UNTRUSTED: Verdict = ["unreachable", "network/untrusted-certificate"];
const EXPIRED: Verdict = ["unreachable", "network/certificate-expired"];
const NOT_AN_API: Verdict = ["notAnApi", "endpoint/unexpected-response"];
const REDIRECT: Verdict = ["notAnApi", "endpoint/redirect"];
const GATEWAY_ERROR: Verdict = ["gatewayError", "gateway/unavailable"];

/** Fatal, handshake failure (RFC 8446 section 6). */
const HANDSHAKE_FAILURE = Buffer.from([21, 3, 3, 0, 2, 2, 40]);

const simulated = Object.entries(SIMULATED).map(([mode, verdict]) => {
  const setting: Setting = async (world) => {
    const gateway = world.closeLater(await startGateway({ key: KEY }));
    gateway.setMode(mode as keyof typeof SIMULATED);
    return { endpoint: gateway.url, ...(mode === "hang-headers" && { limits: SHORT }) };
  };
  return [`simulator: ${mode}`, setting, verdict] as const;
});

const REAL: readonly (readonly [string, Setting, Verdict])[] = [
  // A label of more than 63 characters is refused before any name server is asked.
  ["an unresolvable name", at(`https://${"a".repeat(64)}.invalid`), ["unreachable", "network/dns"]],
  ["a closed port", async () => ({ endpoint: `http://127.0.0.1:${await closedPort()}` }), UNREACHABLE],
  [
    "a listener that never accepts",
    async (world) => {
      const { port } = world.closeLater(await unacceptingPort());
      return { endpoint: `http://127.0.0.1:${port}`, limits: SHORT };
    },
    UNREACHABLE,
  ],
  ["silence after accepting", plain(() => undefined, SHORT), NO_ANSWER],
  [
    "silence where TLS should begin",
    async (world) => {
      const { port } = await world.start(() => undefined);
      return { endpoint: `https://127.0.0.1:${port}`, limits: SHORT };
    },
    TLS,
  ],
  [
    "plain HTTP where TLS should be",
    async (world) => {
      const { port } = await world.start(answering(response("200 OK", "application/json", MODELS)));
      return { endpoint: `https://127.0.0.1:${port}` };
    },
    TLS,
  ],
  ["a reset behind the first words of TLS", cutTls((socket) => socket.resetAndDestroy()), TLS],
  ["an alert instead of a certificate", cutTls((socket) => socket.end(HANDSHAKE_FAILURE)), TLS],
  ["a connection closed without an answer", plain((socket) => socket.end()), NO_ANSWER],
  [
    "a connection reset instead of an answer",
    plain((socket) => socket.once("data", () => socket.resetAndDestroy())),
    NO_ANSWER,
  ],

  ["a self-signed certificate", tls(certificates.selfSigned), UNTRUSTED],
  ["an unknown authority", tls(certificates.company), UNTRUSTED],
  [
    "another host's certificate",
    tls(certificates.otherName, COMPANY),
    ["unreachable", "network/certificate-wrong-host"],
  ],
  ["an expired certificate", tls(certificates.expired, COMPANY), EXPIRED],
  ["a certificate from the future", tls(certificates.notYet, COMPANY), EXPIRED],
  [
    "a certificate that came without the one between it and the authority",
    tls(certificates.incomplete, COMPANY),
    ["unreachable", "network/certificate-incomplete"],
  ],

  [
    "a proxy that wants a login",
    proxy(answering("HTTP/1.1 407 x\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n")),
    ["unreachable", "network/proxy-auth"],
  ],
  [
    "a proxy that refuses",
    proxy(answering(response("403 Forbidden", "text/html", "<h1>Not for you</h1>"))),
    ["unreachable", "network/proxy-denied"],
  ],
  ["a proxy that lets through and dies", proxy(answering("HTTP/1.1 200 OK\r\n\r\n")), TLS],
  [
    "a proxy that sends a page",
    proxy(answering(response("302 Found\r\nlocation: /x", "text/html", "x"))),
    PROXY,
  ],
  ["a proxy that finds nobody", proxy(answering("HTTP/1.1 502 x\r\n\r\n")), PROXY],
  ["a proxy that hangs up", proxy((socket) => socket.end()), PROXY],
  ["a silent proxy", proxy(() => undefined, SHORT), PROXY],
  ["a proxy that is none", proxy(answering("SSH-2.0-OpenSSH_9.2\r\n")), PROXY],
  [
    "a proxy that is not there",
    async (world) => proxyAt(`http://127.0.0.1:${await closedPort()}`)(world),
    PROXY,
  ],
  ["a SOCKS proxy", proxyAt("socks5://127.0.0.1:1080"), PROXY_VALUE],
  ["an address that is no proxy's", proxyAt("http://"), PROXY_VALUE],
  ["a proxy password with a bad escape", proxyAt("http://a:%zz@127.0.0.1:9"), PROXY_VALUE],

  [
    "a captive portal by its status",
    answer(response("511 Network Authentication Required", "text/html", PORTAL_PAGE)),
    ["unreachable", "network/captive-portal"],
  ],
  [
    "a captive portal's page",
    answer(response("200 OK", "text/html", PORTAL_PAGE)),
    ["notAnApi", "network/captive-portal"],
  ],
  ["a filter's page", answer(response("403 Forbidden", "text/html", BLOCK_PAGE)), FILTERED],
  [
    "any page that a box with its own certificate sends",
    inspected("200 OK"),
    ["notAnApi", "network/filtered"],
  ],
  ["any 401 page of such a box", inspected("401 Unauthorized"), ["notAnApi", "network/filtered"]],
  ["any 403 page of such a box", inspected("403 Forbidden"), FILTERED],
  [
    "a page of a proxy that reads what is sent",
    async (world) => {
      const { port } = await world.start(answering(response("401 x", "text/html", PAGE)));
      return { endpoint: "http://127.0.0.1:9", proxy: `http://127.0.0.1:${port}` };
    },
    ["notAnApi", "network/filtered"],
  ],
  ["a captive portal that redirects", redirect(302), REDIRECT],
  ["a permanent redirect", redirect(301), REDIRECT],
  ["a redirect that keeps the method", redirect(308), REDIRECT],

  ["headers that never end", plain(dripping("HTTP/1.1 200 OK\r\n", "x-more: 1\r\n"), SHORT), NO_ANSWER],
  ["a slow drip of a single header", plain(dripping("HTTP/1.1 200 OK\r\nx-more: ", "1"), SHORT), NO_ANSWER],
  ["interim answers without end", plain(dripping("", "HTTP/1.1 103 Early Hints\r\n\r\n"), SHORT), NO_ANSWER],
  ["too many headers", answer(`HTTP/1.1 200 OK\r\n${"x-more: 1\r\n".repeat(10_000)}\r\n`), NOT_AN_API],
  ["a body that never ends", plain(dripping(`${JSON_HEAD}\r\n`, " "), SHORT), NO_ANSWER],
  [
    "a complete list without a length, and then a reset",
    plain(resetting(`${JSON_HEAD}\r\n${MODELS}`)),
    GATEWAY_ERROR,
  ],
  [
    "a complete list without a length, with the reset on its heels",
    plain(resettingAtOnce(`${JSON_HEAD}\r\n${MODELS}`)),
    GATEWAY_ERROR,
  ],
  [
    "a complete list without its last chunk, and then a reset",
    plain(
      resetting(
        `${JSON_HEAD}transfer-encoding: chunked\r\n\r\n${Buffer.byteLength(MODELS).toString(16)}\r\n${MODELS}\r\n`,
      ),
    ),
    GATEWAY_ERROR,
  ],
  ["a body cut short", answer(`${JSON_HEAD}content-length: 900\r\n\r\n{`), GATEWAY_ERROR],
  [
    "50 MB of JSON",
    plain(pouring(`${JSON_HEAD}content-length: ${50 * MEGABYTE}\r\n\r\n`, 50 * MEGABYTE)),
    NOT_AN_API,
  ],
  [
    "a 50 MB error page",
    plain(pouring(`HTTP/1.1 500 x\r\ncontent-length: ${50 * MEGABYTE}\r\n\r\n`, 50 * MEGABYTE)),
    GATEWAY_ERROR,
  ],
  [
    "a gzip bomb",
    answer(
      response("200 OK", "application/json\r\ncontent-encoding: gzip", gzipSync(Buffer.alloc(50 * MEGABYTE))),
    ),
    NOT_AN_API,
  ],
  [
    "a plain list that is said to be compressed",
    answer(response("200 OK", "application/json\r\ncontent-encoding: gzip", MODELS)),
    NOT_AN_API,
  ],
  ["invalid JSON", answer(response("200 OK", "application/json", "{'data'")), GATEWAY_ERROR],
  ["an empty body", answer(response("200 OK", "application/json", "")), GATEWAY_ERROR],
  [
    "the wrong charset",
    answer(response("200 OK", "application/json; charset=utf-16le", Buffer.from(MODELS, "utf16le"))),
    GATEWAY_ERROR,
  ],
  ["binary", answer(response("200 OK", "application/octet-stream", Buffer.alloc(100, 0xff))), NOT_AN_API],
  ["the list as another type", answer(response("200 OK", "text/plain", MODELS)), NOT_AN_API],
  ["the list without a type", answer(`HTTP/1.1 200 OK\r\n\r\n${MODELS}`), NOT_AN_API],
  [
    "half a list",
    answer(response("200 OK", "application/json", '{"data": [{"id": "gpt-5.5"}, {}]}')),
    NOT_AN_API,
  ],
  [
    "an error over HTTP/1.0",
    answer(`HTTP/1.0 503 x\r\ncontent-type: application/json\r\n\r\n{}`),
    GATEWAY_ERROR,
  ],
  ["another protocol", answer("SSH-2.0-OpenSSH_9.2\r\n"), NOT_AN_API],
  [
    "an error that repeats the key",
    answer(response("418 x", "application/json", JSON.stringify({ error: `bad key ${KEY}, ${KEY}` }))),
    NOT_AN_API,
  ],
];

describe("every failure mode has its state and code, is bounded, and does not leak the key", () => {
  let world: World;
  beforeEach(() => (world = new World()));
  afterEach(() => world.end());

  for (const [name, setting, [state, code]] of [...simulated, ...REAL]) {
    it(`${name}: ${state}, ${code}`, async () => {
      const { endpoint, limits = {}, proxy: proxyAddress, trusted } = await setting(world);
      const excerpts: string[] = [];
      const report = await probe({
        endpoint,
        apiKey: KEY,
        model: "gpt-5.5",
        limits,
        network: oneWay({
          proxy: proxyAddress,
          ...(trusted && { secureContext: createSecureContext({ ca: trusted.cert }) }),
        }),
        onAnswerSays: (excerpt) => excerpts.push(excerpt),
      });
      assert.deepEqual([report?.state, report?.code], [state, code]);
      assert.ok(!(JSON.stringify(report) + excerpts.join()).includes(KEY.slice(0, 12)), "key in the output");
      assert.ok(!world.receivedElsewhere.includes(KEY.slice(0, 12)), "key at another host");
      assert.ok(world.bytesSent < 20 * MEGABYTE, `${world.bytesSent} bytes were read`);
    });
  }
});
