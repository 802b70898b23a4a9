import type { ConfigValue, KeyPath } from "../edits/keyEdit";

/** How a value that gets lines of its own is laid out. */
export interface JsonLayout {
  /** Of the line that the value begins on. */
  readonly indentation: string;
  /** One step deeper. */
  readonly unit: string;
  readonly endOfLine: string;
}

/** Spells a value over several lines, or on one where no layout is given. */
export type RenderJson = (layout?: JsonLayout) => string;

export function renderValue(value: ConfigValue): RenderJson {
  return (layout) =>
    layout
      ? JSON.stringify(value, null, layout.unit).replaceAll("\n", layout.endOfLine + layout.indentation)
      : JSON.stringify(value);
}

/** Objects around a value for those names of its path that are not there yet. */
export function renderNested(path: KeyPath, value: RenderJson): RenderJson {
  return path.reduceRight(
    (inner, name) => (layout) => {
      const key = JSON.stringify(name);
      if (!layout) return `{ ${key}: ${inner()} }`;
      const deeper = { ...layout, indentation: layout.indentation + layout.unit };
      const line = `${layout.endOfLine}${deeper.indentation}${key}: ${inner(deeper)}`;
      return `{${line}${layout.endOfLine}${layout.indentation}}`;
    },
    value,
  );
}
