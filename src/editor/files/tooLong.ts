import type { Snapshot } from "../../doctor/snapshot/snapshot";

/**
 * Characters of all files that are read at each pause in typing. Nothing else in the extension host has its turn meanwhile:
 * so many take a few milliseconds, half a million take half a second.
 */
const MOST_TYPED = 32_000;

/**
 * Whether a look at what is being typed would take too long; what is wrong there is told once it is saved.
 * @param unsaved absolute path → text
 */
export function areTooLong(
  { codex, opencode, projectFiles }: Snapshot,
  unsaved: ReadonlyMap<string, string>,
): boolean {
  if (unsaved.size === 0) return false;
  const saved = [
    codex.config,
    codex.auth,
    ...opencode.layers,
    ...projectFiles.codex,
    ...projectFiles.opencode,
  ].filter(({ path }) => !unsaved.has(path));
  const lengths = [
    ...saved.map(({ text }) => text.length),
    ...[...unsaved.values()].map(({ length }) => length),
  ];
  return lengths.reduce((sum, length) => sum + length, 0) > MOST_TYPED;
}
