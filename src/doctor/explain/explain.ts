import { readErrorBody } from "../../gateway/answers/errorText";
import { KNOWLEDGE, type ProblemCode } from "../problems/knowledge";
import { meaningOfAnswer, meaningOfBody } from "../problems/endpoint/answer";
import { codexSymptoms, harmlessSymptoms, vagueSymptoms } from "../problems/codex/use/symptoms";
import { type Reading, readingsOf } from "./errorLines";
import { meaningOfLocalProgram, namesForeignAddress, UNFINISHED } from "../problems/endpoint/foreignAddress";
import { gatewaySymptoms } from "../problems/endpoint/symptoms";
import { streamSymptoms } from "../problems/network/streamSymptoms";
import { networkSymptoms } from "../problems/network/symptoms";
import { opencodeSymptoms } from "../problems/opencode/symptoms";
import type { Meaning, Symptom } from "./symptom";

/** An entry of the knowledge base for an error text, as the public contract gives it to other programs. */
export interface Explanation {
  readonly code: string;
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
  /** A change of files fixes it on this machine. */
  readonly fixable: boolean;
}

/** A client's own words; whichever provider it talks to, they are about the client. */
const CLIENT_SYMPTOMS: readonly Symptom[] = [...codexSymptoms, ...opencodeSymptoms];
/** Words about the gateway or the way to it, which count only while no other provider is named. */
const PROVIDER_SYMPTOMS: readonly Symptom[] = [...streamSymptoms, ...networkSymptoms, ...gatewaySymptoms];

/** The more special, the further to the front; what goes along with any error comes last. */
export const SYMPTOMS: readonly Symptom[] = [
  ...CLIENT_SYMPTOMS,
  ...PROVIDER_SYMPTOMS,
  ...vagueSymptoms,
  ...harmlessSymptoms,
];
const LOCAL_RANK = CLIENT_SYMPTOMS.length - 0.5;
const ANSWER_RANK = CLIENT_SYMPTOMS.length + PROVIDER_SYMPTOMS.length - 0.5;
const STATUS_RANK = ANSWER_RANK + 0.1;

/** A body that was printed on several lines; a longer text is no error body. */
const MAX_BODY_LENGTH = 10_000;

interface Match {
  readonly rank: number;
  readonly meaning: Meaning;
}

/**
 * What is known of an error text of Codex, OpenCode or the gateway, the most special first; empty for any
 * other text. Looks at the text alone: nothing is read, sent or kept.
 */
export function meaningsOf(text: string, chosenBaseUrl: string): Meaning[] {
  const matches = readingsOf(text).flatMap((readings) => matchReadings(readings, chosenBaseUrl));
  const whole = text.length <= MAX_BODY_LENGTH ? matchBody(text, chosenBaseUrl) : [];
  return [...matches, ...whole].sort(byRank).map(({ meaning }) => meaning);
}

/** Entries in the order of their rank; causes that the doctor finds on this machine come before their like. */
export function rankCodes(meanings: readonly Meaning[], found: ReadonlySet<string>): ProblemCode[] {
  const codes = meanings.flatMap(({ codes, ifFound = [] }) => [
    ...[...ifFound, ...codes].filter((code) => found.has(code)),
    ...codes,
  ]);
  return [...new Set(codes)];
}

/** The words of the knowledge base for a code, or those of the line that tells more than the code. */
export function toExplanation(
  code: ProblemCode,
  fixable: boolean,
  meanings: readonly Meaning[] = [],
): Explanation {
  const { title, cause, fix } = KNOWLEDGE[code];
  const first = meanings.find(({ codes }) => codes[0] === code);
  const words = first?.words ?? { cause, fix };
  return { code, title: title(), cause: words.cause(), fix: words.fix(), fixable };
}

/** The best of the ways to read one place; a line whose address stands on the next one is not read without it. */
function matchReadings([line, ...joined]: readonly Reading[], chosenBaseUrl: string): Match[] {
  if (!line) return [];
  const isUnfinished = joined.length > 0 && UNFINISHED.test(line.line);
  const readings = isUnfinished ? joined : [line, ...joined];
  const matches = readings.flatMap((reading) => matchReading(reading, chosenBaseUrl));
  return matches.sort(byRank).slice(0, 1);
}

function matchReading({ line, messages }: Reading, chosenBaseUrl: string): Match[] {
  const own = messages.flatMap((message) => findSymptom(message, CLIENT_SYMPTOMS));
  if (own.length > 0) return own;
  const local = meaningOfLocalProgram(line, chosenBaseUrl);
  if (local) return [{ rank: LOCAL_RANK, meaning: local }];
  const isForeign = namesForeignAddress(line, chosenBaseUrl);
  return messages.flatMap((message) => [
    ...findSymptom(message, isForeign ? harmlessSymptoms : SYMPTOMS),
    ...(isForeign ? [] : matchAnswer(message)),
    ...matchBody(message, chosenBaseUrl),
  ]);
}

function matchAnswer(message: string): Match[] {
  const judged = meaningOfAnswer(message);
  if (!judged) return [];
  const { meaning, byStatusOnly, words } = judged;
  if (!byStatusOnly) return [{ rank: ANSWER_RANK, meaning }];
  return [{ rank: STATUS_RANK, meaning }, ...findSymptom(words, gatewaySymptoms)];
}

/** A JSON body of the gateway, wherever it begins, or an event of `codex exec --json`, whose message is Codex's own line. */
function matchBody(text: string, chosenBaseUrl: string): Match[] {
  const start = text.indexOf("{");
  if (start < 0) return [];
  const body = text.slice(start);
  if (/^\{"type":"(?:error","message"|turn\.failed")/.test(body)) {
    const message = readErrorBody(body)?.message ?? "";
    return readingsOf(message).flatMap((readings) => matchReadings(readings, chosenBaseUrl));
  }
  if (namesForeignAddress(text, chosenBaseUrl)) return [];
  if (/^\{"type":"response\.failed"/.test(body)) return matchBody(failureIn(body), chosenBaseUrl);
  // An event of a stream has its field before it.
  const message = /^\s{0,20}(?:data:\s{0,20})?$/.test(text.slice(0, start))
    ? (readErrorBody(body)?.message ?? "")
    : "";
  const known = findSymptom(message, PROVIDER_SYMPTOMS);
  if (known.length > 0) return known;
  const meaning = meaningOfBody(body);
  return meaning ? [{ rank: ANSWER_RANK, meaning }] : [];
}

/** The error in the last event of a stream, as a body of its own; empty where there is none. */
function failureIn(event: string): string {
  try {
    const { response } = JSON.parse(event) as { response?: { error?: unknown } };
    return JSON.stringify({ error: response?.error });
  } catch {
    return "";
  }
}

function findSymptom(message: string, among: readonly Symptom[]): Match[] {
  const found = among.find(({ pattern }) => pattern.test(message));
  return found ? [{ rank: SYMPTOMS.indexOf(found), meaning: found.meaning }] : [];
}

function byRank(one: Match, other: Match): number {
  return one.rank - other.rank;
}
