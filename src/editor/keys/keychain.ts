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

/** Waits for what a keychain was asked. @throws KeychainError */
export async function guard<T>(operation: string, access: Thenable<T>): Promise<T> {
  try {
    return await access;
  } catch (error) {
    // Only the kind of error: a keychain's own message might quote what it was given.
    throw new KeychainError(
      `keychain ${operation} failed: ${error instanceof Error ? error.name : typeof error}`,
    );
  }
}

/** The clear message for a keychain that fails; anything else is not ours to explain. */
export function describeKeychainError(error: unknown): string {
  if (!(error instanceof KeychainError)) throw error;
  return l10n.t(
    "VS Code could not use the system's keychain, where the API key is kept. Unlock it or sign in to it, then try again.",
  );
}
