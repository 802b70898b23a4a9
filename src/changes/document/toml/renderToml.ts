import * as l10n from "@vscode/l10n";
import stringify from "@iarna/toml/stringify.js";
import { parse } from "smol-toml";
import type { ConfigValue, KeyPath } from "../edits/keyEdit";
import { Refusal } from "../../refusal";

/**
 * Renders a value. The renderer is known to get control characters wrong, so the result is read back.
 * @throws Refusal `change/check-failed` for a value that cannot be written
 */
export function renderValue(value: ConfigValue): string {
  const isScalar = typeof value === "string" || typeof value === "boolean" || Number.isInteger(value);
  const raw = isScalar ? stringify.value(value) : "";
  if (isScalar && !/[\r\n]/.test(raw) && isSpellingOf(raw, value)) return raw;
  throw new Refusal("change/check-failed", l10n.t("A value could not be written as TOML."));
}

/** Whether a text stands for a scalar; `1` is no `1.0`, because to Codex they are of different types. */
export function isSpellingOf(raw: string, value: ConfigValue): boolean {
  const wanted = typeof value === "number" ? BigInt(value) : value;
  try {
    return parse(`value = ${raw}`, { integersAsBigInt: true }).value === wanted;
  } catch {
    return false;
  }
}

/** `a."b c".d` */
export function renderKey(path: KeyPath): string {
  return path.map((key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : renderValue(key))).join(".");
}
