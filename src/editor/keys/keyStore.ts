import type * as vscode from "vscode";
import { SECRET_NAME } from "../../ids";

/** The keychain refused. The message names the operation, never the key. */
export class KeychainError extends Error {
  override readonly name = "KeychainError";
}

/** What is used of VS Code's SecretStorage. */
interface Secrets extends Pick<vscode.SecretStorage, "get" | "store" | "delete"> {
  onDidChange(listener: (event: vscode.SecretStorageChangeEvent) => unknown): { dispose(): unknown };
}

/** The API key in VS Code's SecretStorage, shared by all windows of this user. */
export class ApiKeyStore {
  constructor(private readonly secrets: Secrets) {}

  /** @throws KeychainError */
  async read(): Promise<string | undefined> {
    return guard("read", this.secrets.get(SECRET_NAME));
  }

  /** @throws KeychainError */
  async write(apiKey: string): Promise<void> {
    await guard("write", this.secrets.store(SECRET_NAME, apiKey));
  }

  /** @throws KeychainError */
  async delete(): Promise<void> {
    await guard("delete", this.secrets.delete(SECRET_NAME));
  }

  /** Fires when this or another window changed the key. */
  onDidChange(listener: () => void): { dispose(): unknown } {
    return this.secrets.onDidChange(({ key }) => {
      if (key === SECRET_NAME) listener();
    });
  }
}

async function guard<T>(operation: string, access: Thenable<T>): Promise<T> {
  try {
    return await access;
  } catch (error) {
    // Only the kind of error: a keychain's own message might quote what it was given.
    throw new KeychainError(
      `keychain ${operation} failed: ${error instanceof Error ? error.name : typeof error}`,
    );
  }
}
