import { readErrorBody } from "../../gateway/errorText";
import { KNOWLEDGE, type ProblemCode } from "../problems/knowledge";
import { meaningOfAnswer, meaningOfBody } from "../problems/endpoint/answer";
import { codexSymptoms, harmlessSymptoms } from "../problems/codexUse/symptoms";
import { errorLines } from "./errorLines";
import { namesForeignAddress } from "../problems/endpoint/foreignAddress";
import { gatewaySymptoms } from "../problems/endpoint/symptoms";
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
const PROVIDER_SYMPTOMS: readonly Symptom[] = [...networkSymptoms, ...gatewaySymptoms];

/** The more special, the further to the front; what goes along with any error comes last. */
export const SYMPTOMS: readonly Symptom[] = [...CLIENT_SYMPTOMS, ...PROVIDER_SYMPTOMS, ...harmlessSymptoms];
const ANSWER_RANK = CLIENT_SYMPTOMS.length + PROVIDER_SYMPTOMS.length - 0.5;

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
  const matches = errorLines(text).flatMap((line) => matchLine(line, chosenBaseUrl));
  const whole = text.length <= MAX_BODY_LENGTH ? matchBody(text, chosenBaseUrl) : [];
  return [...matches, ...whole].sort((a, b) => a.rank - b.rank).map(({ meaning }) => meaning);
}

/** Entries in the order of their rank; causes that the doctor finds on this machine come before their like. */
export function rankCodes(meanings: readonly Meaning[], found: ReadonlySet<string>): ProblemCode[] {
  const codes = meanings.flatMap(({ codes, ifFound = [] }) => [
    ...[...ifFound, ...codes].filter((code) => found.has(code)),
    ...codes,
  ]);
  return [...new Set(codes)];
}

/** The words of the knowledge base for a code. */
export function toExplanation(code: ProblemCode, fixable: boolean): Explanation {
  const { title, cause, fix } = KNOWLEDGE[code];
  return { code, title: title(), cause: cause(), fix: fix(), fixable };
}

function matchLine(line: string, chosenBaseUrl: string): Match[] {
  const isForeign = namesForeignAddress(line, chosenBaseUrl);
  const known = findSymptom(line, (candidate) => !isForeign || !PROVIDER_SYMPTOMS.includes(candidate));
  if (known) return [known];
  if (isForeign) return [];
  const meaning = meaningOfAnswer(line);
  return meaning ? [{ rank: ANSWER_RANK, meaning }] : matchBody(line, chosenBaseUrl);
}

/** A JSON body of the gateway, or an event of `codex exec --json`, whose message is Codex's own line. */
function matchBody(body: string, chosenBaseUrl: string): Match[] {
  if (!/^\s{0,20}\{/.test(body)) return [];
  const message = readErrorBody(body)?.message ?? "";
  if (/^\s{0,20}\{"type":"(?:error","message"|turn\.failed")/.test(body)) {
    return errorLines(message).flatMap((line) => matchLine(line, chosenBaseUrl));
  }
  if (namesForeignAddress(body, chosenBaseUrl)) return [];
  const known = findSymptom(message, (candidate) => PROVIDER_SYMPTOMS.includes(candidate));
  if (known) return [known];
  const meaning = meaningOfBody(body);
  return meaning ? [{ rank: ANSWER_RANK, meaning }] : [];
}

function findSymptom(line: string, mayCount: (symptom: Symptom) => boolean): Match | undefined {
  const rank = SYMPTOMS.findIndex((candidate) => mayCount(candidate) && candidate.pattern.test(line));
  const found = SYMPTOMS[rank];
  return found && { rank, meaning: found.meaning };
}
