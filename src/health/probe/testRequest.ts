import { createParser, type EventSourceMessage } from "eventsource-parser";
import { Agent } from "undici";
import { codexBaseUrl } from "../../gateway/responsesRoute";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import { excerptOf } from "../../gateway/answers/answerText";
import { classifyRefusedPost, classifyStreamError } from "../../gateway/answers/postAnswers";
import type { GatewayAnswer } from "../../gateway/answers/gatewayAnswer";
import { classifyNetworkFailure } from "./networkFailure";
import { mayBeForeign } from "./judgeAnswer";
import { PhaseClock } from "./phaseClock";
import type { Sighting } from "../http/sighting";
import { type Route, timedConnector } from "../http/timedConnector";
import { USER_AGENT } from "../http/timedRequest";

/** Public: what Send a Test Request answers. Times in milliseconds from sending the request. */
export interface TestRequestResult {
  readonly outcome: "ok" | "failed" | "cancelled" | "refused";
  /** A knowledge-base code when it failed. */
  readonly code?: string;
  readonly httpStatus?: number;
  readonly firstTokenMs?: number;
  readonly totalMs?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/** A model may think for a while before its first token. */
const TIMEOUT_MS = 60_000;
/** More than is shown, so that a key which begins in what is shown is seen whole. */
const LONGEST_WORDS = 1_000;
const MAXIMUM_BODY_BYTES = 1024 * 1024;

/** What of an answer is for the person who asked alone; all of it a stranger's words in one line, without the key. */
export interface TestRequestWords {
  /** An answer that only its status explains. */
  readonly unknown?: string;
  /** What the model wrote, cut. */
  readonly said?: string;
  /** The model that answered, by the gateway's word. */
  readonly model?: string;
}

/**
 * Sends one tiny streamed request on the path Codex uses (`{base_url}/responses`). It uses quota.
 * Never rejects, and the result holds neither key nor text of the gateway.
 *
 * @param onWords gets these apart from the result
 */
export async function sendTestRequest(
  profile: ConnectionProfile,
  signal: AbortSignal,
  route: Route = {},
  timeoutMs = TIMEOUT_MS,
  onWords: (words: TestRequestWords) => void = () => undefined,
): Promise<TestRequestResult> {
  const clock = new PhaseClock();
  const seen: Sighting = {};
  const elapsed = () => clock.phases().totalMs;
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const agent = new Agent({
    connect: timedConnector(clock, route, ending, () => undefined, seen),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const url = new URL(`${codexBaseUrl(profile.baseUrl, profile.route, undefined)}/responses`);
  const stream = new ResponseStream(elapsed);
  try {
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname,
      method: "POST",
      headers: {
        "user-agent": USER_AGENT,
        authorization: `Bearer ${profile.apiKey}`,
        "content-type": "application/json",
        accept: "text/event-stream",
        "accept-encoding": "identity",
      },
      body: requestBody(profile.model),
      signal: ending,
    });
    clock.enter("body");
    const contentType = String(response.headers["content-type"] ?? "");
    const body = await readText(response.body, (chunk) => stream.feed(chunk));
    const httpStatus = response.statusCode;
    if (httpStatus === 200 && stream.usage) {
      onWords(stream.words(profile.apiKey));
      return { outcome: "ok", httpStatus, totalMs: elapsed(), ...stream.firstToken, ...stream.usage };
    }
    const from = { host: url.hostname, mayBeForeign: mayBeForeign(url, seen) };
    const answer = { status: httpStatus, contentType, headers: response.headers, body, ...from };
    const { code, byStatusOnly } = judge(answer, stream);
    if (byStatusOnly) onWords({ unknown: excerptOf(stream.error ?? body, profile.apiKey) });
    return { outcome: "failed", httpStatus, totalMs: elapsed(), code };
  } catch (error) {
    if (signal.aborted) return { outcome: "cancelled" };
    const isCut = clock.current === "body" && stream.hasBegun;
    const failed = classifyNetworkFailure(error, clock.current, seen, url.hostname);
    const code = isCut ? "network/stream-cut" : failed.code;
    return { outcome: "failed", totalMs: elapsed(), code };
  } finally {
    await agent.destroy();
  }
}

function requestBody(model: string): string {
  const text = "Reply with the single word OK.";
  return JSON.stringify({
    model,
    stream: true,
    store: false,
    input: [{ type: "message", role: "user", content: [{ type: "input_text", text }] }],
  });
}

function judge(answer: GatewayAnswer, stream: ResponseStream): { code: string; byStatusOnly: boolean } {
  const isEventStream = /event-stream/i.test(answer.contentType);
  if (answer.status !== 200 || !isEventStream) return classifyRefusedPost(answer);
  if (stream.error !== undefined) return classifyStreamError({ ...answer, body: stream.error });
  // The stream ended without its last event.
  return { code: "network/stream-cut", byStatusOnly: false };
}

/** What the events of a streamed response say. */
class ResponseStream {
  firstToken: { firstTokenMs?: number } = {};
  usage: { inputTokens?: number; outputTokens?: number } | undefined;
  /** JSON text of the first event that tells of an error. */
  error: string | undefined;
  private said = "";
  private model = "";
  /** An event came; comments, which only keep the connection open, are none. */
  hasBegun = false;

  private readonly parser = createParser({ onEvent: (event) => this.read(event) });

  constructor(private readonly elapsed: () => number) {}

  feed(chunk: string): void {
    this.parser.feed(chunk);
  }

  /** Left out what is empty. */
  words(apiKey: string): TestRequestWords {
    const [said, model] = [this.said, this.model].map((text) => excerptOf(text, apiKey));
    return { ...(said && { said }), ...(model && { model }) };
  }

  private read({ data }: EventSourceMessage): void {
    const event = parse(data);
    this.hasBegun = true;
    if (event.type === "response.output_text.delta" && typeof event.delta === "string")
      this.said = (this.said + event.delta).slice(0, LONGEST_WORDS);
    if (typeof event.response?.model === "string") this.model = event.response.model.slice(0, LONGEST_WORDS);
    if (event.type === "response.output_text.delta" && this.firstToken.firstTokenMs === undefined) {
      this.firstToken = { firstTokenMs: this.elapsed() };
    }
    // Incomplete is an answer that reached a limit of its length: the model did answer.
    if (event.type === "response.completed" || event.type === "response.incomplete")
      this.usage = usageOf(event.response);
    if (event.type === "response.failed") this.error ??= JSON.stringify({ error: event.response?.error });
    // Some gateways leave the type out.
    if (event.type === "error" || (event.type === undefined && event.error)) this.error ??= data;
  }
}

interface StreamEvent {
  readonly type?: unknown;
  readonly error?: unknown;
  readonly delta?: unknown;
  readonly response?: {
    readonly usage?: Record<string, unknown>;
    readonly error?: unknown;
    readonly model?: unknown;
  } | null;
}

function parse(data: string): StreamEvent {
  try {
    const json: unknown = JSON.parse(data);
    return typeof json === "object" && json !== null ? json : {};
  } catch {
    return {};
  }
}

function usageOf(response: StreamEvent["response"]): NonNullable<ResponseStream["usage"]> {
  const { input_tokens: inputTokens, output_tokens: outputTokens } = response?.usage ?? {};
  return {
    ...(typeof inputTokens === "number" && { inputTokens }),
    ...(typeof outputTokens === "number" && { outputTokens }),
  };
}

async function readText(stream: AsyncIterable<Uint8Array>, onText: (text: string) => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of stream) {
    const part = decoder.decode(chunk, { stream: true });
    onText(part);
    bytes += chunk.length;
    if (bytes > MAXIMUM_BODY_BYTES) break;
    text += part;
  }
  return text;
}
