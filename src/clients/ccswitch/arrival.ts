import * as path from "node:path";
import type { FileSystem } from "../../changes/userFile";
import { type CcSwitchState, usesOurCard } from "./ccSwitchState";

/** `current`: TokenPool is there and in use. `saved`: CC Switch saved something, which may be TokenPool. */
export type Arrival = "current" | "saved";

/** What CC Switch had on its disk before the link was opened. */
export interface CcSwitchMark {
  readonly card: string | undefined;
  readonly database: string;
}

export async function markOf(fs: FileSystem, state: CcSwitchState): Promise<CcSwitchMark> {
  return { card: state.codexCard, database: await databaseVersion(fs, state.directory) };
}

/** What has come since; undefined: nothing yet. Only a current card of ours proves that the link was taken. */
export function arrivalSince(
  before: CcSwitchMark,
  now: CcSwitchMark,
  state: CcSwitchState,
): Arrival | undefined {
  if (usesOurCard(state) && now.card !== before.card) return "current";
  return now.database === before.database ? undefined : "saved";
}

/** Size and time of the database; new cards are in its log at first. */
async function databaseVersion(fs: FileSystem, directory: string): Promise<string> {
  const files = ["cc-switch.db", "cc-switch.db-wal"].map((name) => path.join(directory, name));
  const versions = files.map((file) =>
    fs.stat(file).then(
      ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
      () => "",
    ),
  );
  return (await Promise.all(versions)).join(" ");
}
