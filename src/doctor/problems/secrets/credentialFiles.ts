import * as path from "node:path";
import { readTextIfAny } from "../../../changes/disk/readBytes";
import type { FileSystem } from "../../../changes/disk/userFile";
import { isObject } from "../../../changes/document/valueAt";
import type { ClientState } from "../../../clients/client";
import { isTokenPoolAddress } from "../../snapshot/ourAddress";

/** The files that hold a key for TokenPool, whatever kind of file they are. @param apiKeys the stored keys */
export function credentialFiles(states: readonly ClientState[], apiKeys: readonly string[]): string[] {
  const held = states.flatMap(({ heldKeys }) => heldKeys);
  const ours = held.filter(
    (key) =>
      key.isOurs ||
      isTokenPoolAddress(key.baseUrl ?? "") ||
      (key.apiKey !== undefined && apiKeys.includes(key.apiKey)),
  );
  return [...new Set(ours.map(({ path }) => path))];
}

const LARGEST_BYTES = 256 * 1024;

/** Codex's credentials in projects that are open: with CODEX_HOME set there Codex writes them, and Git takes them along. */
export async function projectCredentialFiles(fs: FileSystem, folders: readonly string[]): Promise<string[]> {
  const files = folders.map((folder) => path.join(folder, ".codex", "auth.json"));
  const holding = await Promise.all(
    files.map(async (file) => holdsCredentials(await readTextIfAny(fs, file, LARGEST_BYTES).catch(() => ""))),
  );
  return files.filter((_, index) => holding[index]);
}

function holdsCredentials(text: string | undefined): boolean {
  try {
    const auth: unknown = JSON.parse((text ?? "").replace(/^\ufeff/, ""));
    return isObject(auth) && (isFilled(auth["OPENAI_API_KEY"]) || isObject(auth["tokens"]));
  } catch {
    return false;
  }
}

function isFilled(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
