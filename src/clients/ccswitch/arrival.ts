import * as path from "node:path";
import type { FileSystem } from "../../changes/disk/userFile";
import { isTokenPoolBaseUrl } from "../../gateway/endpoints";
import { readClientFile, stringAt } from "../configFile";
import { CC_SWITCH_PATH, CC_SWITCH_PROVIDER_ID } from "../codex/ccSwitch/ccSwitchCard";
import { type CcSwitchState, usesOurCard } from "./state";

/** `current`: TokenPool is there and in use. `saved`: CC Switch saved something, which may be TokenPool. */
export type Arrival = "current" | "saved";

/** What CC Switch had on its disk before the link was opened. */
export interface CcSwitchMark {
  readonly card: string | undefined;
  readonly database: string;
  /** Codex uses the table that CC Switch writes, and it leads to TokenPool. */
  readonly isWritten: boolean;
}

/** @param baseUrl the address in the link */
export async function markOf(fs: FileSystem, state: CcSwitchState, baseUrl: string): Promise<CcSwitchMark> {
  const config = await readClientFile(fs, path.join(state.codexDirectory, "config.toml"), "toml");
  const address = stringAt(config, [...CC_SWITCH_PATH, "base_url"]);
  const isChosen = stringAt(config, ["model_provider"]) === CC_SWITCH_PROVIDER_ID;
  return {
    card: state.codexCard,
    database: await databaseVersion(fs, state.directory),
    isWritten: isChosen && address !== undefined && isTokenPoolBaseUrl(address, baseUrl),
  };
}

/**
 * What has come since; undefined: nothing yet. A card of ours that became the current one proves that the link was
 * taken, and so does its table in Codex's file: CC Switch may keep its settings elsewhere.
 */
export function arrivalSince(
  before: CcSwitchMark,
  now: CcSwitchMark,
  state: CcSwitchState,
): Arrival | undefined {
  // Half written: the next look tells.
  if (state.problem) return undefined;
  if (usesOurCard(state) && now.card !== before.card) return "current";
  if (now.isWritten && !before.isWritten) return "current";
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
