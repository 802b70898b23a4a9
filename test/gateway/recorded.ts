import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import * as path from "node:path";
import type { LoggedRequest } from "./requestLog";

/** Gateways whose real answers were recorded; see test/fixtures/gateway-answers. */
export type RecordedGateway = "sub2api" | "new-api";

interface RecordedAnswer {
  readonly method: string;
  readonly path: string;
  readonly also?: readonly string[];
  /** null: connected, and nothing comes. */
  readonly status: number | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly lines?: readonly string[];
  readonly same?: string;
  readonly note?: string;
}

interface Recording {
  readonly bodies: Readonly<Record<string, unknown>>;
  readonly states: Readonly<Record<string, { readonly requests: readonly RecordedAnswer[] }>>;
}

/** Answers as a real gateway did in one state. */
export type Replay = (
  request: LoggedRequest,
  earlier: readonly LoggedRequest[],
  response: ServerResponse,
) => void;

/** Inside VS Code the working directory is another one. */
const FOLDER = path.resolve(process.env.TOKENPOOL_TEST_ROOT ?? "", "test/fixtures/gateway-answers");
const GOOD = { sub2api: "good-wallet", "new-api": "good" } as const;
const RESPONSES = "/responses";
const NOT_FOUND: RecordedAnswer = { method: "", path: "", status: 404, body: "404 page not found" };

export function readRecording(gateway: RecordedGateway): Recording {
  return readFixture(gateway) as Recording;
}

/** @param name of a file of test/fixtures/gateway-answers */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), "utf8"));
}

/**
 * Replays one recorded state of a real gateway, without its delays.
 *
 * @param options `mapsResponses`: the operator maps `/responses` to `/v1/responses`, which new-api has alone
 */
export function replayOf(
  gateway: RecordedGateway,
  state: string,
  options: { mapsResponses?: boolean } = {},
): Replay {
  const recording = readRecording(gateway);
  const mapsResponses = options.mapsResponses && gateway === "new-api";
  const older = state.startsWith("feb/") ? "feb/" : "";
  const answersOf = (name: string) => recording.states[name]?.requests ?? [];

  return (asked, earlier, response) => {
    const find = (answers: readonly RecordedAnswer[], request: LoggedRequest) => {
      const { method, path: asked, query, body } = request;
      const mapped = mapsResponses && asked === RESPONSES ? `/v1${RESPONSES}` : asked;
      // Which version asks makes no difference to the gateway.
      const target = mapped + query.replace(/client_version=[\w.]+/, "client_version=0.169.0");
      const modelsWereAsked = earlier.some((each) => each.path.endsWith("/models"));
      return answers.find(
        (answer) =>
          answer.method === method &&
          [answer.path, ...(answer.also ?? [])].includes(target) &&
          isMeant(answer.note, body, modelsWereAsked),
      );
    };

    const answerTo = (request: LoggedRequest): RecordedAnswer | undefined => {
      const good = answersOf(older + GOOD[gateway]);
      if (!request.authorization)
        return find(answersOf(`${older}no-authorization`), request) ?? find(good, request);
      const own = answersOf(state);
      const listed = find(own, request);
      if (listed) return listed;
      // A refused key is refused on every path that wants one.
      const refusal = own.find((answer) => answer.path === "/v1/models");
      const isRefused =
        refusal && refusal.status !== 200 && /^\/(?:v1\/)?(?:models|responses)/.test(request.path);
      return isRefused ? refusal : find(good, request);
    };

    send(answerTo(asked), recording, response);
  };
}

/** A note narrows an answer to one kind of request. */
function isMeant(note: string | undefined, body: string, modelsWereAsked: boolean): boolean {
  if (!note || /^(?:connected|read in the source)/.test(note)) return true;
  if (note.includes("request body")) return note.endsWith(`request body ${body}`);
  if (note.startsWith("before the first")) return !modelsWereAsked;
  if (note.startsWith("after it")) return modelsWereAsked;
  return note === "not streamed" && !/"stream":\s*true/.test(body);
}

function send(answer: RecordedAnswer | undefined, { bodies }: Recording, response: ServerResponse): void {
  if (answer?.status === null) return;
  const { status, headers, body, lines, same } = answer ?? NOT_FOUND;
  const content = same === undefined ? (lines ?? body) : bodies[same];
  const plain = Array.isArray(content) ? content.join("\n") : (content ?? "");
  response.writeHead(status ?? 404, { "content-type": "text/plain", ...headers });
  response.end(withTimes(typeof plain === "string" ? plain : JSON.stringify(plain)));
}

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `<now+4h>` and `<now+4h59m>` as sub2api writes times; the zone is its own. */
function withTimes(body: string): string {
  return body.replace(/<now([+-])((?:\d+[smhd])+)>/g, (_all, sign: string, span: string) => {
    const parts = [...span.matchAll(/(\d+)([smhd])/g)];
    const ms = parts.reduce((sum, [, n, unit]) => sum + Number(n) * UNIT_MS[unit as keyof typeof UNIT_MS], 0);
    const time = new Date(Date.now() + (sign === "-" ? -ms : ms) + 8 * UNIT_MS.h);
    return time.toISOString().replace("Z", "000+08:00");
  });
}
