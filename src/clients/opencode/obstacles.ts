import * as l10n from "@vscode/l10n";
import type { KeyEdit } from "../../changes/document/edits/keyEdit";
import { valueAt } from "../../changes/document/valueAt";
import type { Obstacle } from "../client";
import { PROVIDER_ID } from "./state/provider";
import { type ConfigLayer, type OpencodeState, winner } from "./state/state";

/** The lists by which OpenCode leaves providers out, and how each has to look for ours to be loaded. */
const PROVIDER_LISTS: Readonly<Record<string, (list: readonly string[]) => readonly string[]>> = {
  enabled_providers: (list) => (list.includes(PROVIDER_ID) ? list : [...list, PROVIDER_ID]),
  disabled_providers: (list) => list.filter((id) => id !== PROVIDER_ID),
};

interface BlockingList {
  readonly layer: ConfigLayer;
  readonly key: string;
  readonly fixed: readonly string[];
}

/** Lists in force that keep OpenCode from loading our provider: it then fails with "Unexpected server error". */
export function obstacles(state: OpencodeState): readonly Obstacle[] {
  return blockingLists(state).map(({ layer, key }) => ({
    code: "opencode/provider-disabled",
    path: layer.path,
    key: [key],
    fixing: l10n.t('Changes {0}, with which OpenCode does not load the provider "{1}".', key, PROVIDER_ID),
  }));
}

/** The edits in one file that take the obstacles away. */
export function fixingEdits(state: OpencodeState, file: ConfigLayer): KeyEdit[] {
  return blockingLists(state)
    .filter(({ layer }) => layer === file)
    .map(({ key, fixed }) => ({ kind: "set", path: [key], value: fixed }));
}

function blockingLists({ layers }: OpencodeState): BlockingList[] {
  return Object.entries(PROVIDER_LISTS).flatMap(([key, fix]) => {
    const layer = winner(layers, [key]);
    const list = valueAt(layer?.document, [key]);
    if (!layer || !isListOfNames(list)) return [];
    const fixed = fix(list);
    return fixed.length === list.length ? [] : [{ layer, key, fixed }];
  });
}

function isListOfNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
