import { readErrorBody } from "./errorText";

const EXCERPT_LENGTH = 200;

/** Any key of this kind, half masked ones too: a gateway may repeat what it was sent. */
const KEY_SHAPE = /\bsk-[\w*…-]+/g;
/** As long as a key, whatever it begins with: it may be spelled with escapes. */
const LONG_RUN = /[\da-z]{40,}/gi;
/** Invisible characters, which could stand inside a key. */
const INVISIBLE = /\p{Cf}/gu;
const TAG = /<[^<>]*>/g;
/** Control and direction characters and line breaks, with which a text could pretend to be another. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\s]+/gu;

/**
 * What an answer that nobody knows says, for people: one short line of plain text without any key.
 * It stays a stranger's text: never Markdown, HTML or part of a notification.
 */
export function excerptOf(body: string, apiKey: string): string {
  const message = readErrorBody(body)?.message ?? body;
  const line = message
    .replace(INVISIBLE, "")
    .replaceAll(apiKey, "…")
    .replace(KEY_SHAPE, "sk-…")
    .replace(LONG_RUN, "…")
    .replace(TAG, " ")
    .replace(UNPRINTABLE, " ")
    .trim();
  return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)}…` : line;
}
