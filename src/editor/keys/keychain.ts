import * as l10n from "@vscode/l10n";
import type * as vscode from "vscode";

/** The keychain refused. The message names the operation, never the key. */
export class KeychainError extends Error {
  override readonly name = "KeychainError";
}

/** What is used of VS Code's SecretStorage. */
export interface Secrets extends Pick<vscode.SecretStorage, "get" | "store" | "delete"> {
  onDidChange(listener: (event: vscode.SecretStorageChangeEvent) => unknown): { dispose(): unknown };
}

/** Enough to type the password that a keychain asks for. */
const PATIENCE_MS = 30_000;

/**
 * Waits for what a keychain was asked, but not for ever: it may hang where nobody sees its question. What it does later
 * all the same, VS Code tells of like any change.
 * @throws KeychainError
 */
export async function guard<T>(operation: string, access: Thenable<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new DOMException("", "TimeoutError"));
    timer = setTimeout(giveUp, PATIENCE_MS);
  });
  try {
    return await Promise.race([access, tooLate]);
  } catch (error) {
    // Only the kind of error: a keychain's own message might quote what it was given.
    throw new KeychainError(
      `keychain ${operation} failed: ${error instanceof Error ? error.name : typeof error}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** The clear message for a keychain that fails; anything else is not ours to explain. */
export function describeKeychainError(error: unknown): string {
  if (!(error instanceof KeychainError)) throw error;
  return l10n.t(
    "VS Code could not use the system's keychain, where the API key is kept. Unlock it or sign in to it, then try again.",
  );
}
