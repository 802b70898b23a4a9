import { classifyRefusedPost } from "../../../gateway/answers/postAnswers";
import { readErrorBody } from "../../../gateway/answers/errorText";
import { isProblemCode } from "../knowledge";
import { TOO_LARGE } from "../network/finerWords";
import { meaningOf } from "../../explain/sameAnswer";
import type { Meaning } from "../../explain/symptom";

/** What a line shows of an answer of the gateway. */
interface ShownAnswer {
  readonly status: number;
  readonly body: string;
  /** The message as it is shown, addresses included. */
  readonly words?: string;
  /** Codex's own words stand before it: then the status alone says something too. */
  readonly isCodex: boolean;
}

/**
 * Codex: `unexpected status 403 Forbidden: <body>, url: …`, also `524 <unknown status code>`; OpenCode, and
 * people who quote: without the beginning.
 */
export const STATUS_LINE =
  /^(?:(unexpected status )([1-5]\d\d)(?: (?:<[a-z ]{1,30}>?|[\p{L}' -]{1,40}))?|(?:([1-5]\d\d) )?([A-Z][A-Za-z' -]{2,40}))(?:(?:: |, (?=url: ))(.{0,2000}))?$/u;
/** `403 GROUP_DELETED`, as documentation and people name an answer. */
export const BARE_CODE = /^(?:([45]\d\d) )?([A-Za-z]{2,20}(?:_[A-Za-z]{2,20}){1,5})$/;
/** A body that the screen cut off: what its members say as far as they are there. */
export const CUT_MEMBER = /"(?:code|type|reason)": ?"([A-Za-z_]{3,60})"/;

/** Statuses of a line that names only their reason. */
const REASONS: Readonly<Record<string, number>> = {
  "Bad Request": 400,
  Unauthorized: 401,
  "Payment Required": 402,
  Forbidden: 403,
  "Not Found": 404,
  "Method Not Allowed": 405,
  "Too Many Requests": 429,
  "Internal Server Error": 500,
  "Bad Gateway": 502,
  "Service Unavailable": 503,
  "Gateway Timeout": 504,
};

/** Types that new-api alone gives its errors; older ones have another word in front. */
const OWN_TYPE = /^[a-z]{2,20}_api_error$/;
/** What new-api answers with, the most telling first. */
const OWN_STATUSES = [401, 403, 404, 429, 503];

/** Codes that other products use just so. */
const COMMON_CODE = /^(?:ACCESS_DENIED|access_denied|rate_limit_exceeded|rate_limit_error|permission_error)$/;

/** What an answer means, and whether its status alone says so: then words elsewhere say more. */
export interface JudgedAnswer {
  readonly meaning: Meaning;
  readonly byStatusOnly: boolean;
  /** What the body says, for those who know more words. */
  readonly words: string;
}

/** What an answer of the gateway means that the line shows with its status. */
export function meaningOfAnswer(line: string): JudgedAnswer | undefined {
  const shown = readStatusLine(line) ?? readBareCode(line);
  return shown && judge(shown);
}

/** What a JSON body on its own means, when only the gateway's software has such codes. */
export function meaningOfBody(body: string): Meaning | undefined {
  const identifiers = readErrorBody(body)?.identifiers ?? [];
  if (identifiers.some((each) => /^[A-Z]+(?:_[A-Z]+)+$/.test(each) && !COMMON_CODE.test(each))) {
    return judge({ status: 0, body, isCodex: false })?.meaning;
  }
  if (!identifiers.some((each) => OWN_TYPE.test(each) && each !== "litellm_api_error")) return undefined;
  const judged = OWN_STATUSES.map((status) => judge({ status, body, isCodex: false }));
  return judged.find((each) => each && !each.byStatusOnly)?.meaning;
}

function readStatusLine(line: string): ShownAnswer | undefined {
  const [, codex, codexStatus, digits = codexStatus, reason = "", shown = ""] = STATUS_LINE.exec(line) ?? [];
  const status = digits ? Number(digits) : REASONS[reason];
  if (status === undefined) return undefined;
  const address = shown.startsWith("url: ") ? 0 : shown.lastIndexOf(", url: ");
  const body = address < 0 ? shown : shown.slice(0, address);
  return { status, body: asBody(body), words: body, isCodex: codex !== undefined };
}

function readBareCode(line: string): ShownAnswer | undefined {
  const [, digits, code = ""] = BARE_CODE.exec(line) ?? [];
  if (code === "" || (!digits && COMMON_CODE.test(code))) return undefined;
  return { status: Number(digits ?? 0), body: JSON.stringify({ code }), isCodex: false };
}

/** Codex shows the message alone where it finds one, else the body as it came, however long. */
function asBody(shown: string): string {
  if (shown.startsWith("<") || readErrorBody(shown)) return shown;
  const code = shown.startsWith("{") ? CUT_MEMBER.exec(shown)?.[1] : undefined;
  return JSON.stringify({ error: { code, message: shown } });
}

function judge({ status, body, words = "", isCodex }: ShownAnswer): JudgedAnswer | undefined {
  const { code, byStatusOnly } = classifyRefusedPost({ status, contentType: "", headers: {}, body });
  if (!isProblemCode(code) || (byStatusOnly && !isCodex)) return undefined;
  return {
    meaning: status === 413 ? { codes: [code], words: TOO_LARGE } : meaningOf(code),
    byStatusOnly,
    words: words.startsWith("{") ? (readErrorBody(words)?.message ?? "") : words,
  };
}
