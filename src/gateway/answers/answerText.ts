import { readErrorBody } from "./errorText";
import { withoutUserInfo } from "../userInfo";

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

/** A key that is shown in parts, over lines or with tags such as <wbr> in it, is the key all the same. */
const TELLING_LENGTH = 12;

/** Takes out every run of the text that is the key, or its beginning, when tags and blanks are left out; linear. */
function withoutBrokenKey(text: string, apiKey: string): string {
  // Where each character of the bare text stands.
  const places: number[] = [];
  let bare = "";
  let end = 0;
  for (const { 0: gap, index } of [...text.matchAll(/<[^<>]*>|\s+/g), { 0: "", index: text.length }]) {
    for (let at = end; at < index; at++) places.push(at);
    bare += text.slice(end, index);
    end = index + gap.length;
  }
  const beginning = apiKey.slice(0, TELLING_LENGTH);
  if (beginning === "") return text;
  let result = "";
  let kept = 0;
  for (let start = bare.indexOf(beginning); start >= 0;) {
    let length = beginning.length;
    while (length < apiKey.length && bare[start + length] === apiKey[length]) length++;
    result += `${text.slice(kept, places[start])}…`;
    kept = (places[start + length - 1] ?? 0) + 1;
    start = bare.indexOf(beginning, start + length);
  }
  return result + text.slice(kept);
}

/**
 * What an answer that nobody knows says, for people: one short line of plain text without any key.
 * It stays a stranger's text: never Markdown, HTML or part of a notification.
 */
export function excerptOf(body: string, apiKey: string): string {
  const message = readErrorBody(body)?.message ?? body;
  const line = withoutUserInfo(withoutBrokenKey(message.replace(INVISIBLE, ""), apiKey))
    .replace(KEY_SHAPE, "sk-…")
    .replace(LONG_RUN, "…")
    .replace(TAG, " ")
    .replace(UNPRINTABLE, " ")
    .trim();
  return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)}…` : line;
}
