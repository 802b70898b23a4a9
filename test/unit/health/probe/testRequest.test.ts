import assert from "node:assert/strict";
import { sendTestRequest, type TestRequestResult } from "../../../../src/health/probe/testRequest";
import { type Gateway, startGateway } from "../../../gateway/gateway";
import type { BEHAVIOUR_MODES, GatewayMode } from "../../../gateway/modes";
import { selfSigned } from "../certificate";
import { answering, closedPort, listen, pouring, response } from "../loopback";
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
    "hang-headers": "failed network/unreachable",
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
