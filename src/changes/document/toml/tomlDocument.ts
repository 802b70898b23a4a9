import * as l10n from "@vscode/l10n";
import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import { refuseDeepNesting, refuseDeepPath } from "../deepNesting";
import { type KeyPath, startsWith } from "../edits/keyEdit";
import { refuseLargeText } from "../largeText";
import { Refusal } from "../../refusal";
import { positionAt } from "../edits/textEdit";

/** Stands in no text that was decoded from UTF-8, and no TOML escape may name it. */
const LONE_SURROGATE = "\ud800";

/** One `key = value`, wherever it stands, with its path from the root. */
export interface TomlEntry {
  readonly path: KeyPath;
  readonly node: AST.TOMLKeyValue;
  /** What the line stands in. */
  readonly container: TomlTable | TomlInline;
}

/** The part below a header, or the part above all headers. */
export interface TomlTable {
  readonly kind: "root" | "table" | "arrayElement";
  readonly path: KeyPath;
  readonly node: AST.TOMLTopLevelTable | AST.TOMLTable;
}

export interface TomlInline {
  readonly kind: "inline";
  readonly path: KeyPath;
  readonly node: AST.TOMLInlineTable;
}

/** Where everything stands in a TOML text. Values are left to another parser on purpose. */
export interface TomlDocument {
  readonly root: TomlTable;
  /** In the order of the text, without the root. */
  readonly tables: readonly TomlTable[];
  readonly entries: readonly TomlEntry[];
  readonly comments: readonly AST.Comment[];
}

/**
 * Reads TOML 1.1, as current versions of Codex do.
 * @throws Refusal `change/invalid-syntax`, or `change/too-large`
 */
export function parseTomlDocument(text: string): TomlDocument {
  refuseLargeText(text);
  return refuseDeepNesting(() => documentOf(text));
}

function documentOf(text: string): TomlDocument {
  const bareReturn = /\r(?!\n)/.exec(text);
  if (bareReturn) throw invalidSyntax(text, bareReturn.index);
  const program = parse(text);
  const [top] = program.body;
  const root: TomlTable = { kind: "root", path: [], node: top };
  const tables = top.body.filter((node) => node.type === "TOMLTable").map(tableOf);
  const entries = [root, ...tables].flatMap((table) => entriesOf(table));
  return { root, tables, entries, comments: program.comments };
}

function parse(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text, { tomlVersion: "1.1" });
  } catch (error) {
    throw error instanceof ParseError ? invalidSyntax(text, error.index, error.message) : error;
  }
}

/** The parser's own messages are fixed sentences: they quote nothing of the file. */
function invalidSyntax(text: string, offset: number, detail = "Carriage return without line feed"): Refusal {
  const message = l10n.t("The file is not valid TOML ({0}). Correct it first.", detail);
  return new Refusal("change/invalid-syntax", message, positionAt(text, offset));
}

/** @param offset of what stands where the path needs something else */
export function conflict(text: string, path: KeyPath, offset: number): Refusal {
  const message = l10n.t(
    '"{0}" cannot be set because something else is in its place. Rename or remove that first.',
    path.join("."),
  );
  return new Refusal("change/conflict", message, positionAt(text, offset));
}

function tableOf(node: AST.TOMLTable): TomlTable {
  // An element of an array of tables has its index in the path, in a spelling that no key can have.
  const path = node.resolvedKey.map((part) => (typeof part === "number" ? `${LONE_SURROGATE}${part}` : part));
  return { kind: node.kind === "array" ? "arrayElement" : "table", path: refuseDeepPath(path), node };
}

function entriesOf(container: TomlTable | TomlInline): TomlEntry[] {
  const body: readonly (AST.TOMLKeyValue | AST.TOMLTable)[] = container.node.body;
  const lines = body.filter((node) => node.type === "TOMLKeyValue");
  return lines.flatMap((node) => {
    const path = refuseDeepPath([...container.path, ...keysOf(node.key)]);
    const entry: TomlEntry = { path, node, container };
    if (node.value.type !== "TOMLInlineTable") return [entry];
    return [entry, ...entriesOf({ kind: "inline", path, node: node.value })];
  });
}

/** Stands in an inline table that is all below the path, and so goes and comes with it. */
export function isInsideInline({ container }: TomlEntry, path: KeyPath): boolean {
  return container.kind === "inline" && startsWith(container.path, path);
}

function keysOf(key: AST.TOMLKey): string[] {
  return key.keys.map((part) => (part.type === "TOMLBare" ? part.name : part.value));
}
