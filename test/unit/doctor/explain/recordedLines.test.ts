import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { meaningsOf, rankCodes } from "../../../../src/doctor/explain/explain";

interface Run {
  readonly gateway: string;
  readonly client: string;
  readonly state: string;
  /** The line that decides; absent where the client printed nothing. */
  readonly line?: string;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(`test/fixtures/gateway-answers/${name}.json`, "utf8"));
const { runs } = read("client-lines") as { readonly runs: readonly Run[] };
const verdicts = read("verdicts") as Record<string, Record<string, { testRequest: string[] }>>;

const ENDPOINT = "https://gateway.example";

/** Where the client has left the cause out of its words: what they still say. */
const LOST: readonly (readonly [RegExp, string[]])[] = [
  [/last status: 429/, ["account/rate-limited"]],
  [/Invalid token/, ["account/key-invalid"]],
  [/Service temporarily unavailable/, ["gateway/unavailable"]],
  // Codex says this for the user's quota and for the operator's.
  [/Quota exceeded\. Check your plan/, ["account/no-quota"]],
  [/stream (?:disconnected|closed)/, ["network/stream-cut", "gateway/unavailable"]],
  [/stream closed before response\.completed/, ["endpoint/website"]],
  [/Falling back from WebSockets/, ["codex/websocket-fallback"]],
];

/** Runs whose state is no row of the table, because it is about the way in, not about an answer. */
const WITHOUT_ROW: Readonly<Record<string, string>> = {
  "balance-0 (supports_websockets = true)": "account/no-quota",
  "no-authorization": "key/missing",
  "feb/no-authorization": "key/missing",
};

describe("the recorded lines of the clients", () => {
  for (const { gateway, client, state, line } of runs) {
    if (!line) continue;
    it(`${gateway}, ${client}, ${state}: ${line.slice(0, 60)}`, () => {
      const row = verdicts[gateway]?.[state]?.testRequest ?? [WITHOUT_ROW[state] ?? ""];
      const right = [...row, ...LOST.flatMap(([words, codes]) => (words.test(line) ? codes : []))];
      const found = rankCodes(meaningsOf(line, ENDPOINT), new Set());
      const [first = ""] = state.endsWith("no-authorization")
        ? found.filter((code) => right.includes(code))
        : found;
      const fits = (code: string) =>
        code === first || (code.endsWith("/…") && first.startsWith(code.slice(0, -1)));
      assert.ok(right.some(fits), `${found.join(", ")} instead of ${right.join(" or ")}`);
    });
  }
});
