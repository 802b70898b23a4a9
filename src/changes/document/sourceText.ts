import { isUtf8 } from "node:buffer";
import * as l10n from "@vscode/l10n";
import { Refusal } from "../refusal";

/** A file as text. Editors of single keys work on `text` and never see the byte order mark. */
export interface SourceText {
  readonly byteOrderMark: boolean;
  readonly text: string;
}

const BYTE_ORDER_MARK = "\ufeff";

/** @throws Refusal `change/encoding` for everything but UTF-8, with the line of the first wrong byte */
export function decode(bytes: Uint8Array): SourceText {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notUtf8(firstInvalidLine(bytes));
  }
  // UTF-16 without a byte order mark is valid UTF-8 full of NUL characters.
  const nul = text.indexOf("\0");
  if (nul >= 0) throw notUtf8(linesBefore(text.slice(0, nul)));
  return text.startsWith(BYTE_ORDER_MARK)
    ? { byteOrderMark: true, text: text.slice(1) }
    : { byteOrderMark: false, text };
}

export function encode({ byteOrderMark, text }: SourceText): Uint8Array {
  return new TextEncoder().encode(byteOrderMark ? BYTE_ORDER_MARK + text : text);
}

function notUtf8(line: number): Refusal {
  return new Refusal(
    "change/encoding",
    l10n.t("The file is not encoded in UTF-8. Save it as UTF-8 and try again."),
    { line, column: 0 },
  );
}

function firstInvalidLine(bytes: Uint8Array): number {
  // No part of a longer UTF-8 sequence looks like a line break, so every line can be judged by itself.
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  return lines.findIndex((line) => !isUtf8(Buffer.from(line, "latin1")));
}

function linesBefore(text: string): number {
  return text.split("\n").length - 1;
}
