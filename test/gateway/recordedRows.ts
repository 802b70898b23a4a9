import { readFixture, readRecording, type RecordedGateway } from "./recorded";

/** A row of the table of recorded states: several verdicts where no free request can know. */
export interface RecordedRow {
  readonly gateway: RecordedGateway;
  readonly state: string;
  /** `state`, or `state code`. */
  readonly check: readonly string[];
  /** Codes; one that ends in … stands for its kind. */
  readonly testRequest: readonly string[];
}

/** What a client printed in a recorded state, and what is right to make of it. */
export interface RecordedLine {
  readonly gateway: string;
  readonly client: string;
  readonly state: string;
  /** The line that decides. */
  readonly line: string;
  readonly right: readonly string[];
}

type Verdicts = Record<string, Record<string, Pick<RecordedRow, "check" | "testRequest">>>;

interface Run extends Pick<RecordedLine, "gateway" | "client" | "state"> {
  /** Empty or absent where the client printed nothing. */
  readonly line?: string | null;
}

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

/** States that no recorded answer belongs to were seen as lines of the clients only. */
export function recordedRows(gateway: RecordedGateway): RecordedRow[] {
  const recorded = readRecording(gateway).states;
  const rows = Object.entries((readFixture("verdicts") as Verdicts)[gateway] ?? {});
  return rows.flatMap(([state, row]) => (state in recorded ? [{ gateway, state, ...row }] : []));
}

export function recordedLines(): RecordedLine[] {
  const { runs } = readFixture("client-lines") as { readonly runs: readonly Run[] };
  const verdicts = readFixture("verdicts") as Verdicts;
  return runs.flatMap(({ line, ...run }) => {
    const { gateway, state } = run;
    const row = verdicts[gateway]?.[state]?.testRequest ?? [WITHOUT_ROW[state] ?? ""];
    if (!line) return [];
    const right = [...row, ...LOST.flatMap(([words, codes]) => (words.test(line) ? codes : []))];
    return [{ ...run, line, right }];
  });
}

/** Whether a code is one of those that are right. */
export function isRight(right: readonly string[], code: string): boolean {
  return right.some((each) => each === code || (each.endsWith("/…") && code.startsWith(each.slice(0, -1))));
}

/** Without a key the same line can mean several things; then it only has to be among what is found. */
export function firstOf({ state, right }: RecordedLine, found: readonly string[]): string {
  return (state.endsWith("no-authorization") ? found.find((code) => right.includes(code)) : found[0]) ?? "";
}
