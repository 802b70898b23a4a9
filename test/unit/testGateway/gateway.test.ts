import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { startGateway, type Gateway } from "../../gateway/gateway";
import { GATEWAY_MODES } from "../../gateway/modes";

const ANSWER = "Hello from the TokenPool simulator";

describe("gateway simulator", () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway();
  });
  afterEach(() => gateway.close());

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(gateway.url + path, {
      ...init,
      headers: {
        authorization: `Bearer ${gateway.key}`,
        ...(init.headers as Record<string, string> | undefined),
      },
    });
  const post = (path: string, body: object) => ask(path, { method: "POST", body: JSON.stringify(body) });
  /** The data of each event of a stream. */
  const events = async (response: Response) =>
    (await response.text())
      .split("\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice("data: ".length)) as Record<string, unknown>);

  it("has a demo key of real shape", () => {
    assert.match(gateway.key, /^sk-[0-9a-f]{64}$/);
  });

  it("serves health without a key, models and usage only with it", async () => {
    assert.deepEqual(await (await fetch(`${gateway.url}/health`)).json(), { status: "ok" });
    for (const path of ["/models", "/v1/models", "/v1/usage"]) {
      assert.equal((await ask(path)).status, 200, path);
      const missing = await fetch(gateway.url + path);
      assert.equal(missing.status, 401, path);
      assert.match(await missing.text(), /API_KEY_REQUIRED/);
      const wrong = await fetch(gateway.url + path, { headers: { authorization: "Bearer other" } });
      assert.match(await wrong.text(), /INVALID_API_KEY/);
    }
  });

  it("answers model requests as a stream, numbered, and as JSON", async () => {
    for (const path of ["/responses", "/v1/responses"]) {
      const stream = await events(await post(path, { model: "gpt-5.5", stream: true }));
      assert.equal(stream[0]?.["type"], "response.created");
      assert.equal(stream.at(-1)?.["type"], "response.completed");
      const deltas = stream.filter(({ type }) => type === "response.output_text.delta");
      assert.equal(deltas.map(({ delta }) => delta).join(""), ANSWER);
      assert.deepEqual(
        stream.map(({ sequence_number }) => sequence_number),
        stream.map((_event, index) => index),
      );
      const whole = await (await post(path, { model: "gpt-5.5", stream: false })).text();
      assert.ok(whole.includes(ANSWER));
    }
    const chat = await (await post("/v1/chat/completions", { model: "gpt-5.5" })).text();
    assert.ok(chat.includes(ANSWER));
  });

  it("shows its website on paths that are not the API", async () => {
    for (const [path, method] of [
      ["/", "GET"],
      ["/console/api-keys", "GET"],
      ["/chat/completions", "POST"],
    ] as const) {
      const page = await ask(path, { method });
      assert.equal(page.status, 200);
      assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    }
    assert.equal((await ask("/v1/v1/responses", { method: "POST", body: "{}" })).status, 404);
  });

  it("logs requests and lets a test wait for one", async () => {
    const early = gateway.waitForRequest(({ path }) => path === "/v1/responses");
    await post("/v1/responses?x=1", { model: "gpt-5.5" });
    assert.deepEqual(
      [await early].map(({ method, query, body, authorization, upgrade }) => [
        method,
        query,
        body,
        authorization,
        upgrade,
      ]),
      [["POST", "?x=1", '{"model":"gpt-5.5"}', `Bearer ${gateway.key}`, false]],
    );
    assert.equal(await gateway.waitForRequest(({ method }) => method === "POST"), gateway.requests[0]);
    await assert.rejects(
      gateway.waitForRequest(() => false, 1),
      /Seen: POST \/v1\/responses/,
    );
    gateway.clear();
    assert.deepEqual(gateway.requests, []);
  });

  it("limits a mode to a scope, and drops the exception with a mode for all", async () => {
    gateway.setMode("401-sub2api", "models");
    assert.equal((await ask("/v1/models")).status, 401);
    assert.equal((await ask("/v1/usage")).status, 200);
    gateway.setMode("ok");
    assert.equal((await ask("/v1/models")).status, 200);
  });

  it("can be switched from outside, without that being logged", async () => {
    const change = (body: object) =>
      fetch(`${gateway.url}/__simulator/mode`, { method: "POST", body: JSON.stringify(body) });
    assert.equal((await change({ mode: "402" })).status, 200);
    assert.equal((await change({ mode: "nonsense" })).status, 400);
    assert.deepEqual(gateway.requests, []);
    assert.equal((await ask("/v1/models")).status, 402);
  });

  it("answers, hangs up or hangs in every mode", async () => {
    for (const mode of GATEWAY_MODES) {
      gateway.setMode(mode);
      const abort = new AbortController();
      const pending = ask("/v1/responses", {
        method: "POST",
        body: JSON.stringify({ model: "gpt-5.5", stream: true }),
        redirect: "manual",
        signal: abort.signal,
      });
      if (mode === "hang-headers") {
        await gateway.waitForRequest(({ path }) => path === "/v1/responses");
        abort.abort();
        await assert.rejects(pending);
        continue;
      }
      const response = await pending;
      const expected = Number(/\d{3}/.exec(mode)?.[0] ?? 200);
      assert.equal(response.status, mode.startsWith("websocket") ? 200 : expected, mode);
      if (mode === "hang-stream") abort.abort();
      if (mode === "hang-stream" || mode === "cut-stream") await assert.rejects(response.text(), mode);
      else await response.text();
    }
  });

  it("asks for one tool call and then answers", async () => {
    gateway.setMode("tool-call");
    const tools = [{ type: "function", name: "exec_command" }];
    const [call] = (await events(await post("/responses", { stream: true, tools })))
      .filter(({ type }) => type === "response.output_item.done")
      .map(({ item }) => item as Record<string, unknown>);
    assert.equal(call?.["name"], "exec_command");
    const input = [{ type: "function_call_output", call_id: call["call_id"], output: "done" }];
    const second = await events(await post("/responses", { stream: true, tools, input }));
    assert.ok(second.some(({ type }) => type === "response.output_text.delta"));
  });

  it("refuses, accepts or ignores WebSockets", async () => {
    const upgrade = () => {
      const client = request(`${gateway.url}/v1/responses`, {
        headers: {
          connection: "Upgrade",
          upgrade: "websocket",
          // Key and answer are the example of RFC 6455 section 1.3.
          "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
      });
      client.on("error", () => client.destroy());
      client.end();
      return client;
    };
    const [refused] = (await once(upgrade(), "response")) as [{ statusCode: number }];
    assert.equal(refused.statusCode, 426);

    gateway.setMode("websocket-accept");
    const [accepted] = (await once(upgrade(), "upgrade")) as [{ headers: Record<string, string> }];
    assert.equal(accepted.headers["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    gateway.setMode("websocket-hang");
    gateway.clear();
    const hanging = upgrade();
    assert.equal((await gateway.waitForRequest(() => true)).upgrade, true);
    hanging.destroy();
  });

  it("closes with connections that hang, and starts again on the same port", async () => {
    gateway.setMode("hang-headers");
    const hanging = ask("/v1/models");
    await gateway.waitForRequest(() => true);
    const waiting = gateway.waitForRequest(() => false);
    const { url } = gateway;
    await Promise.all([gateway.close(), assert.rejects(hanging), assert.rejects(waiting, /closed/)]);
    gateway = await startGateway({ port: Number(new URL(url).port) });
    assert.equal(gateway.url, url);
  });
});
