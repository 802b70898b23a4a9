import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type * as fileSystem from "node:fs/promises";
import * as path from "node:path";

/** Where the windows of one machine share what a check found. */
export interface SharedCheckStore {
  readonly fs: Pick<typeof fileSystem, "mkdir" | "rename" | "rm" | "writeFile">;
  /** Reads without waiting and with a limit in bytes; undefined: nothing that can be read. */
  readonly readText: (file: string, largest: number) => Promise<string | undefined>;
  readonly file: string;
}

/** A broken, foreign or oversized file is no result. */
const MAXIMUM_BYTES = 512 * 1024;

/**
 * Writes what a check found, for the other windows. The file holds no key: the key only seals it, so that
 * nobody without the key can make a result up, and a result for another key does not count.
 * @param target what was checked, such as endpoint and models; plain JSON
 */
export async function writeSharedCheck(
  { fs, file }: SharedCheckStore,
  apiKey: string,
  target: unknown,
  result: unknown,
): Promise<void> {
  const content = JSON.stringify({ target, result });
  const temporary = `${file}.${randomUUID()}`;
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(temporary, JSON.stringify({ content, seal: sealOf(content, apiKey) }), {
      mode: 0o600,
    });
    await fs.rename(temporary, file);
  } catch {
    // Sharing saves requests, nothing depends on it.
    await fs.rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** @returns what another window, or this one, found last for the same key and target; undefined: nothing */
export async function readSharedCheck<Result>(
  { file, readText }: SharedCheckStore,
  apiKey: string,
  target: unknown,
): Promise<Result | undefined> {
  try {
    const text = (await readText(file, MAXIMUM_BYTES)) ?? "";
    const { content, seal } = JSON.parse(text) as { content: string; seal: string };
    if (!timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(content, apiKey)))) return undefined;
    const shared = JSON.parse(content) as { target: unknown; result: Result };
    return JSON.stringify(shared.target) === JSON.stringify(target) ? shared.result : undefined;
  } catch {
    return undefined;
  }
}

function sealOf(content: string, apiKey: string): string {
  return createHmac("sha256", apiKey).update(content).digest("base64");
}
