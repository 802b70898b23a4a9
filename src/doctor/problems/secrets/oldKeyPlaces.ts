import { readBytes } from "../../../changes/disk/readBytes";
import type { FileSystem } from "../../../changes/disk/userFile";
import type { ClientEnvironment, ClientState } from "../../../clients/client";
import { pathRules } from "../../../clients/machine/pathRules";
import { tellingPart } from "./keyInText";
import type { KeyPlace } from "./keySearch";

/** Where a key that was replaced is still. */
export type OldKeyPlace =
  | { readonly kind: "commit" | "git" | "file" | "shellHistory" | "ccSwitch"; readonly path: string }
  | { readonly kind: "variable"; readonly name: string };

/** Where people put keys by hand: what shells and programs read at their start. */
const START_FILES = [
  ...[".profile", ".bash_profile", ".bashrc", ".zprofile", ".zshrc", ".zshenv", ".env"],
  ...[".config/fish/config.fish", "Documents/PowerShell/profile.ps1"],
  ...["Documents/PowerShell/Microsoft.PowerShell_profile.ps1"],
  "Documents/WindowsPowerShell/Microsoft.PowerShell_profile.ps1",
];

/** What shells remember of every line that was typed. */
const SHELL_HISTORIES = [
  ...[".bash_history", ".zsh_history", ".local/share/fish/fish_history"],
  "AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/ConsoleHost_history.txt",
  ".local/share/powershell/PSReadLine/ConsoleHost_history.txt",
];

const CC_SWITCH_DATABASE = ".cc-switch/cc-switch.db";

/** A history or a database may be as large; what is larger is not searched. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/** Beside the clients' own files lie copies that other programs made of them. */
const MOST_NEIGHBOURS = 200;

/**
 * Looks for a key that was replaced, once and because the user asked: in the clients' folders, in what shells read and
 * remember, in CC Switch's database and in the environment.
 * @param inGit where a stored key was in the repositories that are open
 * @param otherKeys those that are stored still
 */
export async function findOldKey(
  environment: ClientEnvironment,
  states: readonly ClientState[],
  inGit: readonly KeyPlace[],
  oldKey: string,
  otherKeys: readonly string[] = [],
): Promise<OldKeyPlace[]> {
  const { fs, homeDirectory, platform, variables } = environment;
  const rules = pathRules(platform);
  const inHome = (names: readonly string[]) => names.map((name) => rules.join(homeDirectory, name));
  const named = states.flatMap(({ files, namedFiles, heldKeys }) => [
    ...[...files, ...namedFiles],
    ...heldKeys.map(({ path }) => path),
  ]);
  const folders = [...new Set(named.map((file) => rules.dirname(file)))];
  const neighbours = (await Promise.all(folders.map((folder) => filesIn(environment, folder)))).flat();
  const candidates: [kind: "file" | "shellHistory" | "ccSwitch", files: string[]][] = [
    ["file", [...named, ...neighbours, ...inHome(START_FILES)]],
    ["shellHistory", inHome(SHELL_HISTORIES)],
    ["ccSwitch", inHome([CC_SWITCH_DATABASE])],
  ];
  const known = new Set(inGit.map(({ path }) => path));
  const places: OldKeyPlace[] = [];
  for (const [kind, files] of candidates) {
    for (const path of new Set(files)) {
      if (!known.has(path) && (await holds(fs, path, oldKey))) places.push({ kind, path });
    }
  }
  const ofGit: OldKeyPlace[] = [];
  for (const { path, stage } of inGit) {
    // What is only on the disk may be a client's own file, which has the new key by now.
    const isOnDiskOnly = stage === "untracked" || stage === "changed";
    const holdsOther = await holdsAny(fs, path, otherKeys);
    if ((!isOnDiskOnly && !holdsOther) || (await holds(fs, path, oldKey)))
      ofGit.push({ kind: stage === "committed" ? "commit" : "git", path });
  }
  const set = Object.keys(variables).filter((name) => variables[name] === oldKey);
  return [...ofGit, ...places, ...set.map((name) => ({ kind: "variable", name }) as const)];
}

async function filesIn({ fs, platform }: ClientEnvironment, folder: string): Promise<string[]> {
  const names = await fs.readdir(folder).catch(() => []);
  return names.slice(0, MOST_NEIGHBOURS).map((name) => pathRules(platform).join(folder, name));
}

async function holdsAny(fs: FileSystem, file: string, keys: readonly string[]): Promise<boolean> {
  for (const key of keys) if (await holds(fs, file, key)) return true;
  return false;
}

/** The beginning of a key counts as the key, in any encoding of text and in a database. */
async function holds(fs: FileSystem, file: string, key: string): Promise<boolean> {
  const read = await readBytes(fs, file, LARGEST_BYTES).catch(() => undefined);
  if (!read) return false;
  const bytes = Buffer.from(read.bytes);
  const part = tellingPart(key);
  return bytes.includes(part) || bytes.includes(Buffer.from(part, "utf16le"));
}
