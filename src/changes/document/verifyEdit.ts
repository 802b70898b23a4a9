import { isDeepStrictEqual } from "node:util";
import * as l10n from "@vscode/l10n";
import JSON5 from "json5";
import { parse as parseToml } from "smol-toml";
import type { FileFormat } from "../plan";
import { editFailureReport, describeDifferences } from "./editFailureReport";
import { refuseDeepNesting } from "./deepNesting";
import type { ConfigValue, KeyEdit, KeyPath } from "./edits/keyEdit";
import { Refusal } from "../refusal";
import { valueAt } from "./valueAt";

const READERS: Readonly<Record<FileFormat, (text: string) => unknown>> = {
  toml: readToml,
  json: readJson,
  jsonc: readJsonc,
};

/**
 * The second opinion before every write: a parser that had no part in the edit reads both texts, and the
 * new one must be the old one plus exactly the edits.
 * @throws Refusal `change/check-failed` with a report; neither it nor the message holds a value of the file
 */
export function verifyEdit(
  format: FileFormat,
  before: string,
  after: string,
  edits: readonly KeyEdit[],
): void {
  const refuse = (message: string, findings: readonly string[]): never => {
    const report = editFailureReport(format, before, after, edits, findings);
    throw new Refusal("change/check-failed", message, {}, report);
  };
  try {
    const findings = refuseDeepNesting(() => compare(format, before, after, edits));
    if (findings.length === 0) return;
    refuse(l10n.t("The result would not be what was planned, so nothing was written."), findings);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    refuse(l10n.t("The result could not be read back, so nothing was written."), [error.message]);
  }
}

/** @returns what is not as planned */
function compare(format: FileFormat, before: string, after: string, edits: readonly KeyEdit[]): string[] {
  const wanted = withoutEmptied(
    edits.reduce(
      (value, edit) => {
        if (edit.kind === "remove") return remove(value, edit.path);
        return set(
          value,
          edit.path,
          edit.kind === "set" ? ownValue(format, edit.value) : rawValue(format, edit.raw),
        );
      },
      reading("the text before", () => READERS[format](before)),
    ),
    edits,
  );
  const found = withoutEmptied(
    reading("the text after", () => READERS[format](after)),
    edits,
  );
  return describeDifferences(wanted, found, edits);
}

/** A text that the second parser does not understand. */
class Unreadable extends Error {}

/** Of the parser's own error only the place is kept: its message may quote the file. */
function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const { line, lineNumber, column, columnNumber } = error as Partial<Record<string, unknown>>;
    const place = [line ?? lineNumber, column ?? columnNumber].filter((part) => typeof part === "number");
    throw new Unreadable([`${what} cannot be read`, ...place].join(":"));
  }
}

/** To TOML an integer is no float, so integers are read as bigint. */
function ownValue(format: FileFormat, value: ConfigValue): unknown {
  return format === "toml" && typeof value === "number" ? BigInt(value) : plain(value);
}

function rawValue(format: FileFormat, raw: string): unknown {
  return reading("a value put back", () =>
    format === "toml" ? (readToml(`value = ${raw}`) as { value: unknown }).value : READERS[format](raw),
  );
}

function readToml(text: string): unknown {
  return plain(parseToml(text, { integersAsBigInt: true }));
}

function readJson(text: string): unknown {
  return text.trim() === "" ? {} : plain(JSON.parse(text));
}

/**
 * JSON5 reads comments and trailing commas; what else it allows, the editor has refused before. U+2028 and
 * U+2029 are line ends to it and ordinary characters to JSON.
 */
function readJsonc(text: string): unknown {
  try {
    return plain(JSON5.parse(withoutLineSeparators(text)));
  } catch (error) {
    if (holdsOnlyComments(text)) return {};
    throw error;
  }
}

/** From one comment to the next, because a pattern looks from each beginning for an end. */
function holdsOnlyComments(text: string): boolean {
  let rest = text.trimStart();
  while (rest !== "") {
    const end = rest.startsWith("//") ? "\n" : rest.startsWith("/*") ? "*/" : undefined;
    if (end === undefined) return false;
    const at = rest.indexOf(end, 2);
    rest = at < 0 ? "" : rest.slice(at + end.length).trimStart();
  }
  return true;
}

function withoutLineSeparators(text: string): string {
  return text.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

const DATE = Symbol("date");

/** The same value in objects of one kind, with `__proto__` as a key like any other, and dates as spelled. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  // A date and a date with time are equal as objects of the moment they begin at.
  if (value instanceof Date) return { [DATE]: value.toISOString() };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function set(object: unknown, [key, ...rest]: KeyPath, value: unknown): unknown {
  if (key === undefined) return value;
  return { ...(object as object), [key]: set(member(object, key) ?? {}, rest, value) };
}

function remove(object: unknown, [key, ...rest]: KeyPath): unknown {
  if (key === undefined || member(object, key) === undefined) return object;
  if (rest.length > 0) return { ...(object as object), [key]: remove(member(object, key), rest) };
  return Object.fromEntries(Object.entries(object as object).filter(([name]) => name !== key));
}

/** A TOML table without a header of its own is gone with its last key; an empty one with a header is not. */
function withoutEmptied(value: unknown, edits: readonly KeyEdit[]): unknown {
  const removals = edits.filter(({ kind }) => kind === "remove").map(({ path }) => path);
  return removals.reduce((result, path) => pruneEmpty(result, path.slice(0, -1)), value);
}

function pruneEmpty(object: unknown, path: KeyPath): unknown {
  if (path.length === 0) return object;
  const isEmpty = isDeepStrictEqual(valueAt(object, path), {});
  return pruneEmpty(isEmpty ? remove(object, path) : object, path.slice(0, -1));
}

function member(object: unknown, key: string): unknown {
  const isObject = typeof object === "object" && object !== null && !Array.isArray(object);
  return isObject && Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}
