import { rangeAt as jsonRangeAt } from "../../changes/json/readJson";
import type { KeyPath } from "../../changes/keyEdit";
import { Refusal } from "../../changes/refusal";
import type { TextRange } from "../../changes/textEdit";
import { type FindRange, rangesIn } from "../../changes/toml/readToml";
import type { ClientFile } from "../../clients/clientFile";
import type { Problem } from "../problem";

type Place = Pick<Problem, "path" | "range">;

/** Where a key of config.toml or its value stands. */
export function tomlPlace(file: ClientFile, key: KeyPath, part: "key" | "value"): Place {
  return place(file, () => tomlRanges(file)(key, part));
}

/** Parsing for ranges takes long in a huge file: once for all problems of a snapshot is enough. */
const parsedToml = new WeakMap<ClientFile, FindRange>();

function tomlRanges(file: ClientFile): FindRange {
  const find = parsedToml.get(file) ?? rangesIn(file.text);
  parsedToml.set(file, find);
  return find;
}

/** Where a member of a JSON file or its value stands. */
export function jsonPlace(file: ClientFile, key: KeyPath, part: "key" | "value"): Place {
  return place(file, () => jsonRangeAt(file.text, key, part));
}

/** From where a file stops being readable to the end of that line. */
export function brokenPlace({ path, text, problem }: ClientFile): Place {
  const { line, column = 0 } = problem?.where ?? {};
  if (line === undefined) return { path };
  const endColumn = text.split("\n")[line]?.trimEnd().length ?? 0;
  return { path, range: { line, column, endLine: line, endColumn: Math.max(column, endColumn) } };
}

/** The file alone where the exact place cannot be told, such as for a name that stands there twice. */
function place({ path }: ClientFile, rangeIn: () => TextRange | undefined): Place {
  try {
    const range = rangeIn();
    return { path, ...(range && { range }) };
  } catch (error) {
    if (error instanceof Refusal) return { path };
    throw error;
  }
}
