import * as l10n from "@vscode/l10n";
import { Refusal } from "./refusal";

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
  // With U+FFFD in place of every wrong byte; a file may hold real ones before, which only blurs the line.
  const lossy = new TextDecoder().decode(bytes);
  return linesBefore(lossy.slice(0, Math.max(0, lossy.indexOf("\ufffd"))));
}

function linesBefore(text: string): number {
  return text.split("\n").length - 1;
}
