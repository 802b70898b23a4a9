import assert from "node:assert/strict";
import {
  sendTestRequest,
  type TestRequestResult,
  type TestRequestWords,
} from "../../../../src/health/probe/testRequest";
import { type Gateway, startGateway } from "../../../gateway/gateway";
import type { BEHAVIOUR_MODES, GatewayMode } from "../../../gateway/modes";
import { selfSigned } from "../certificate";
import { answering, closedPort, dripping, listen, pouring, response } from "../loopback";
import { SIMULATED } from "../simulatedModes";

const DAY = 86_400_000;
const MEGABYTE = 1024 * 1024;

describe("sendTestRequest", () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());
  beforeEach(() => gateway.clear());

  /** The outcome and, when it failed, the code; no result may hold the key. */
  async function send(baseUrl = gateway.url, timeoutMs = 10_000): Promise<string> {
    const profile = { baseUrl, apiKey: gateway.key, model: "gpt-5.5", reviewModel: "gpt-5.5" };
    const result = await sendTestRequest(profile, new AbortController().signal, {}, timeoutMs);
    assert.ok(!JSON.stringify(result).includes(gateway.key));
    return summary(result);
  }
  const summary = ({ outcome, code }: TestRequestResult) => [outcome, code].filter(Boolean).join(" ");

  it("asks once for one word, streamed and with the key, and counts tokens and time", async () => {
    gateway.setMode("ok");
    const { url: baseUrl, key: apiKey } = gateway;
    const result = await sendTestRequest(
      { baseUrl, apiKey, model: "gpt-5.5", reviewModel: "gpt-5.5" },
      new AbortController().signal,
    );
    assert.deepEqual(Object.keys(result).sort(), [
      "firstTokenMs",
      "httpStatus",
      "inputTokens",
      "outcome",
      "outputTokens",
      "totalMs",
    ]);
    assert.equal(result.outcome, "ok");
    assert.deepEqual(
      gateway.requests.map(({ method, path, authorization }) => [method, path, authorization]),
      [["POST", "/responses", `Bearer ${apiKey}`]],
    );
  });

  /** Every way in which the simulator serves a stream. */
  const streams: Record<(typeof BEHAVIOUR_MODES)[number], string> = {
    ok: "ok",
    "tool-call": "ok",
    "websocket-accept": "ok",
    "websocket-426": "ok",
    "websocket-hang": "ok",
    "hang-headers": "failed gateway/no-answer",
    "hang-stream": "failed network/stream-cut",
    "cut-stream": "failed network/stream-cut",
    "sse-failed": "failed gateway/unavailable",
    "sse-error": "failed gateway/unavailable",
  };
  const refusals = Object.entries(SIMULATED).map(([mode, [, code]]) => [mode, `failed ${code}`] as const);
  for (const [mode, expected] of [...refusals, ...Object.entries(streams)]) {
    it(`${mode}: ${expected}`, async () => {
      gateway.setMode(mode as GatewayMode);
      assert.equal(await send(gateway.url, mode.startsWith("hang") ? 300 : 10_000), expected);
      assert.equal(gateway.requests.length, 1);
    });
  }

  const errorEvents: [string, string][] = [
    ["insufficient_quota", "account/no-quota"],
    ["rate_limit_exceeded", "account/rate-limited"],
    ["model_not_found", "account/model-unavailable"],
    ["something_new", "gateway/unavailable"],
    // The key was taken before the stream began, so this is said of the operator's.
    ["invalid_api_key", "gateway/unavailable"],
    ["account_deactivated", "gateway/unavailable"],
    ["upstream_error", "gateway/unavailable"],
  ];
  for (const [error, expected] of errorEvents) {
    it(`knows the error ${error} in the middle of a stream`, async () => {
      const event = { type: "response.failed", response: { error: { code: error, message: "" } } };
      const stream = response("200 OK", "text/event-stream", `data: ${JSON.stringify(event)}\n\n`);
      const server = await listen(answering(stream));
      assert.equal(await send(`http://127.0.0.1:${server.port}`), `failed ${expected}`);
      await server.close();
    });
  }

  const EVENTS = "text/event-stream";
  const event = (data: object) => `event: x\ndata: ${JSON.stringify(data)}\n\n`;
  const failed = (code: string, message: string) =>
    event({ type: "response.failed", response: { error: { code, message } } });
  const answers: [string, string, string, string, string][] = [
    [
      "a refused parameter",
      "400 Bad Request",
      "application/json",
      '{"error":{"code":"unsupported_parameter","message":"Unsupported parameter: \'store\'","type":"invalid_request_error"}}',
      "failed endpoint/request-refused",
    ],
    [
      "a refused body",
      "422 x",
      "application/json",
      '{"detail":"la la la"}',
      "failed endpoint/request-refused",
    ],
    [
      "a body too large",
      "413 x",
      "application/json",
      '{"error":{"message":"too large"}}',
      "failed endpoint/request-refused",
    ],
    [
      "a 400 that is JSON in a stream's clothes",
      "400 x",
      EVENTS,
      '{"error":{"message":"no"}}',
      "failed endpoint/request-refused",
    ],
    [
      "another product's 400",
      "400 Bad Request",
      "text/plain",
      "bad request",
      "failed endpoint/unexpected-response",
    ],
    [
      "a model that is not there",
      "400 x",
      "application/json",
      '{"error":{"code":"model_not_found"}}',
      "failed account/model-unavailable",
    ],
    [
      "a gateway without the Responses API",
      "404 Not Found",
      "application/json",
      '{"error":{"message":"Invalid URL (POST /v1/responses)","type":"invalid_request_error"}}',
      "failed endpoint/no-responses-api",
    ],
    [
      "a wait in a queue that ends",
      "200 OK",
      EVENTS,
      `:\n\n:\n\n${failed("rate_limit_exceeded", "Concurrency limit exceeded")}`,
      "failed account/rate-limited",
    ],
    [
      "an error without a type",
      "200 OK",
      EVENTS,
      event({ error: { message: "overloaded" } }),
      "failed gateway/unavailable",
    ],
    [
      "the first of two errors",
      "200 OK",
      EVENTS,
      failed("insufficient_quota", "") + event({ type: "error", code: "x" }),
      "failed account/no-quota",
    ],
    [
      "an answer cut by its limit of length",
      "200 OK",
      EVENTS,
      event({ type: "response.incomplete", response: { usage: {} } }),
      "ok",
    ],
    ["only comments", "200 OK", EVENTS, ":\n\n:\n\n", "failed network/stream-cut"],
  ];
  for (const [name, status, type, body, expected] of answers) {
    it(`judges ${name}: ${expected}`, async () => {
      const server = await listen(answering(response(status, type, body)));
      assert.equal(await send(`http://127.0.0.1:${server.port}`), expected);
      await server.close();
    });
  }

  it("tells silence behind comments from an answer that broke off", async () => {
    const head = `HTTP/1.1 200 OK\r\ncontent-type: ${EVENTS}\r\n\r\n`;
    const server = await listen(dripping(head, ":\n\n"));
    assert.equal(await send(`http://127.0.0.1:${server.port}`, 300), "failed gateway/no-answer");
    await server.close();
  });

  /** What is handed on of a refusal. */
  async function wordsOf(status: string, message: string): Promise<string> {
    const body = JSON.stringify({ error: { message } });
    const server = await listen(answering(response(status, "application/json", body)));
    const profile = {
      baseUrl: `http://127.0.0.1:${server.port}`,
      apiKey: gateway.key,
      model: "m",
      reviewModel: "m",
    };
    let words = "";
    await sendTestRequest(
      profile,
      new AbortController().signal,
      {},
      10_000,
      ({ unknown = "" }) => (words = unknown),
    );
    await server.close();
    return words;
  }

  it("hands on the words of a refusal that only its status explains, without the key", async () => {
    const words = await wordsOf("400 x", `no such parameter for ${gateway.key}`);
    assert.match(words, /^no such parameter for /);
    assert.ok(!words.includes(gateway.key));
  });

  it("hands on no words of a refusal that is understood", async () => {
    assert.equal(await wordsOf("404 Not Found", "Invalid URL (POST /v1/responses)"), "");
    assert.equal(await wordsOf("413 x", "too large"), "");
    assert.equal(await wordsOf("402 x", "Insufficient account balance"), "");
  });

  it("hands on what the model says and what it is called, in one line, cut and without the key", async () => {
    const said = [
      "First\n",
      gateway.key.slice(0, 30),
      gateway.key.slice(30),
      " \u202eand ",
      "more ".repeat(500),
    ];
    const events = [
      { type: "response.created", response: { model: "gpt-5.5-\u0007mini" } },
      ...said.map((delta) => ({ type: "response.output_text.delta", delta })),
      { type: "response.completed", response: { usage: {} } },
    ];
    const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
    const server = await listen(answering(response("200 OK", "text/event-stream", body)));
    const { key: apiKey } = gateway;
    const profile = { baseUrl: `http://127.0.0.1:${server.port}`, apiKey, model: "m", reviewModel: "m" };
    let words: TestRequestWords = {};
    const answer = (heard: TestRequestWords) => (words = heard);
    await sendTestRequest(profile, new AbortController().signal, {}, 10_000, answer);
    assert.equal(words.model, "gpt-5.5- mini");
    assert.match(words.said ?? "", /^First … and more more [more ]+…$/);
    assert.ok((words.said ?? "").length <= 201);
    await server.close();
  });

  it("finds a closed port", async () => {
    assert.equal(await send(`http://127.0.0.1:${await closedPort()}`), "failed network/unreachable");
  });

  it("sends nothing to a certificate it cannot verify, even when Node is told to take any", async () => {
    const certificate = selfSigned("localhost", new Date(Date.now() - DAY), new Date(Date.now() + DAY));
    const server = await listen(() => undefined, certificate);
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      const result = await send(`https://localhost:${server.port}`);
      assert.equal(result, "failed network/untrusted-certificate");
      assert.deepEqual(server.connections, []);
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      await server.close();
    }
  });

  it("hangs up on an answer that is too long", async () => {
    let closed: Promise<void> | undefined;
    const pour = pouring("HTTP/1.1 500 x\r\n\r\n", 200 * MEGABYTE);
    const server = await listen((socket) => {
      closed = new Promise((resolve) => socket.once("close", () => resolve()));
      socket.once("data", () => pour(socket));
    });
    assert.equal(await send(`http://127.0.0.1:${server.port}`), "failed gateway/unavailable");
    await closed;
    const sent = server.connections[0]?.bytesWritten ?? 0;
    assert.ok(sent < 100 * MEGABYTE, `${sent} bytes went out`);
    await server.close();
  });

  it("can be cancelled", async () => {
    gateway.setMode("hang-stream");
    const cancellation = new AbortController();
    const { url: baseUrl, key: apiKey } = gateway;
    const sent = sendTestRequest(
      { baseUrl, apiKey, model: "gpt-5.5", reviewModel: "gpt-5.5" },
      cancellation.signal,
    );
    await gateway.waitForRequest(({ path }) => path === "/responses");
    cancellation.abort();
    assert.deepEqual(await sent, { outcome: "cancelled" });
  });
});
