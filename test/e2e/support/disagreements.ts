import type { DiagnosticReport } from "../../../src/doctor/report";
import type { ShownMark } from "./otherExtension";
import type { Shown, ShownPart } from "./shown";

/** What the hover says of a client without a problem that counts, by its sign in the panel. */
const CLIENT_WORDS: Readonly<Record<string, string>> = {
  ok: "TokenPool",
  unknown: "not configured",
  error: "does not work",
};

/** What helps where the endpoint does not do; whatever else is wrong comes after it. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  noKey: ["Set Up…"],
  unauthorized: ["Set API Key…"],
  noQuota: ["Top Up…"],
  notAnApi: ["Select Endpoint…"],
  rateLimited: ["Check Now"],
  gatewayError: ["Select Endpoint…"],
};

interface Said {
  readonly report: DiagnosticReport;
  readonly shown: Shown;
  /** By file. */
  readonly marks: ReadonlyMap<string, readonly ShownMark[]>;
}

/** @returns a sentence for each thing that one of them says otherwise than the diagnosis; none: they agree */
export function disagreements(said: Said): string[] {
  return [
    ...aboutNumber(said),
    ...aboutVerdict(said),
    ...aboutClients(said),
    ...aboutStep(said),
    ...aboutMarks(said),
  ];
}

const counts = ({ severity }: { readonly severity: string }) => severity !== "information";
const sorted = (texts: readonly string[]) => [...texts].sort().join(", ");

function* expect(what: string, found: unknown, wanted: unknown): Generator<string> {
  if (found !== wanted) yield `${what}: ${String(found)} instead of ${String(wanted)}`;
}

function* aboutNumber({ report: { findings }, shown: { bar, hover, panel } }: Said): Generator<string> {
  const number = findings.filter(counts).length;
  const words = number === 1 ? "1 problem found" : `${number} problems found`;
  const numberIn = (text: string) => Number(/(\d+) problems?\b/i.exec(text)?.[1] ?? "0");
  const inText = numberIn(bar.text);
  // What the endpoint does is said instead.
  if (inText > 0) yield* expect("number in the bar", inText, number);
  yield* expect("number for screen readers", numberIn(bar.spoken), number);
  yield* expect(
    "number in the hover",
    numberIn(hover.lines.join("\n").split(/^.*(?:Codex|OpenCode): /m, 1)[0] ?? ""),
    number,
  );
  if (number > 0) yield* expect("the panel's heading", panel.summary.text, words);
  else yield* expect("number in the panel's heading", numberIn(panel.summary.text), 0);
  for (const [index, { text, count, status }] of panel.strip.entries()) {
    const part = panel.parts[index];
    yield* expect(`number at ${text} in the strip`, count, part?.problems.length);
    yield* expect(`sign of ${text} in the strip`, status, part?.status);
  }
  const told = panel.parts.flatMap(({ problems }) =>
    problems.map(({ code, severity }) => `${severity} ${code}`),
  );
  const known = findings.map(({ code, severity }) => `${severity} ${code}`);
  yield* expect("problems in the panel", sorted(told), sorted(known));
}

function* aboutVerdict({ report, shown: { bar, hover, menu, panel } }: Said): Generator<string> {
  const { findings, health, clients } = report;
  const state = health[0]?.state;
  const isWell =
    !findings.some(counts) && state === "ok" && clients.some(({ usesTokenPool }) => usesTokenPool);
  const [verdict = ""] = hover.lines;
  yield* expect("check mark in the bar", bar.icon.includes("codicon-check"), isWell);
  yield* expect("name alone in the bar", bar.text === "TokenPool", isWell);
  yield* expect("check mark in the panel's heading", panel.summary.status === "ok", isWell);
  yield* expect("the menu's verdict", menu.sentence, verdict);
  if (!bar.spoken.includes(verdict))
    yield `the hover's verdict is not for screen readers: ${verdict}; ${bar.spoken}`;
  const label = bar.text.replace(/^TokenPool:? ?/, "");
  if (!bar.spoken.includes(label)) yield `the bar's text is not for screen readers: ${label}; ${bar.spoken}`;
  const signs = panel.parts.map(({ status }) => status);
  if (isWell && signs.some((sign) => sign === "error" || sign === "warning"))
    yield `signs where all is well: ${signs.join()}`;
  if (bar.isRed && !signs.includes("error")) yield `red bar, and the panel's signs are ${signs.join()}`;
  const endpoint = panel.parts.find(({ name }) => name === "Endpoint");
  if (state !== "ok") yield* expect("check mark at the endpoint", endpoint?.status === "ok", false);
}

function* aboutClients({ report: { clients, findings }, shown: { hover, panel } }: Said): Generator<string> {
  const line = hover.lines.find((each) => each.startsWith("Codex: "));
  // Where nothing is ours, nothing is looked at.
  const isNothingOurs = findings.length === 0 && clients.every(({ usesTokenPool }) => !usesTokenPool);
  if (line === undefined && isNothingOurs) return;
  for (const { client, usesTokenPool } of clients) {
    const part = panel.parts.find(({ name }) => name.toLowerCase() === client);
    const words = line?.split(" · ").find((each) => each.toLowerCase().startsWith(`${client}: `));
    yield* expect(`${client} in the hover`, words, `${part?.name ?? ""}: ${clientWords(part)}`);
    if (part?.status === "ok") yield* expect(`${client} uses TokenPool`, usesTokenPool, true);
    if (part?.status === "unknown") yield* expect(`${client} uses TokenPool`, usesTokenPool, false);
  }
}

function clientWords(part: ShownPart | undefined): string | undefined {
  const own = part?.problems.filter(counts).length ?? 0;
  if (own > 0) return own === 1 ? "1 problem found" : `${own} problems found`;
  return CLIENT_WORDS[part?.status ?? ""];
}

function* aboutStep({
  report: { findings, health },
  shown: { hover, menu, panel },
}: Said): Generator<string> {
  const state = health[0]?.state ?? "";
  const fitting = STEPS[state];
  const isWorking = ["ok", "slow", "degraded"].includes(state);
  const counted = findings.filter(counts);
  if (hover.action) yield* expect("the menu's first entry", menu.first, hover.action);
  if (fitting && !fitting.includes(hover.action)) yield `${state} leads to ${hover.action || "nothing"}`;
  if (counted.length > 0 && !hover.action) yield "no step where there are problems";
  const fixes = counted.filter(({ fixable }) => fixable).length;
  const canFixAll = panel.buttons.includes("Fix All…");
  if (hover.action === "Fix All…") yield* expect("Fix All… in the panel too", canFixAll, true);
  if (isWorking && fixes === 1 && counted.length === 1) {
    const [button] = panel.parts.flatMap(({ problems }) =>
      problems.filter(counts).map((each) => each.button),
    );
    yield* expect("the button of the one problem", button, "Fix…");
    if (/…$/.test(hover.action)) yield `one problem can be fixed, and the hover leads to ${hover.action}`;
  }
  if (!counted.some(({ fixable }) => fixable))
    yield* expect("Fix All… without a fix", hover.action === "Fix All…", false);
}

function* aboutMarks({ report: { findings }, marks }: Said): Generator<string> {
  const wordsOf = ({ severity, code, message }: ShownMark) => `${severity} ${code} ${message}`;
  for (const [file, shown] of marks) {
    const known = findings.filter(({ path }) => path === file);
    yield* expect(`marks in ${file}`, sorted(shown.map(wordsOf)), sorted(known.map(wordsOf)));
  }
}
