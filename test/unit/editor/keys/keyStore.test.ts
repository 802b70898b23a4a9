import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { ApiKeyStore, KeychainError } from "../../../../src/editor/keys/keyStore";

const KEY = "sk-" + "ab12".repeat(16);

/** Disposables are a class of VS Code's, which is not here; what counts is their one method. */
type SecretStorage = Omit<vscode.SecretStorage, "onDidChange"> & {
  onDidChange: (listener: (event: vscode.SecretStorageChangeEvent) => unknown) => { dispose: () => void };
};

/** SecretStorage in memory, shared by any number of windows as the real one is. */
class MemorySecrets {
  private readonly values = new Map<string, string>();
  private readonly listeners = new Set<(event: vscode.SecretStorageChangeEvent) => unknown>();

  window(): SecretStorage {
    return {
      get: (key) => Promise.resolve(this.values.get(key)),
      keys: () => Promise.resolve([...this.values.keys()]),
      store: (key, value) => this.change(key, () => this.values.set(key, value)),
      delete: (key) => this.change(key, () => this.values.delete(key)),
      onDidChange: (listener) => {
        this.listeners.add(listener);
        return { dispose: () => void this.listeners.delete(listener) };
      },
    };
  }

  private change(key: string, act: () => unknown): Promise<void> {
    act();
    for (const listener of this.listeners) listener({ key });
    return Promise.resolve();
  }
}

describe("ApiKeyStore", () => {
  it("notices what another window does to the key, and nothing else", async () => {
    const secrets = new MemorySecrets();
    const [here, there] = [new ApiKeyStore(secrets.window()), new ApiKeyStore(secrets.window())];
    const seen: (string | undefined)[] = [];
    const registration = here.onDidChange(() => void here.read().then((key) => seen.push(key)));
    await there.write(KEY);
    await secrets.window().store("somebody.else", "x");
    await there.delete();
    registration.dispose();
    await there.write(KEY);
    assert.deepEqual(seen, [KEY, undefined]);
  });

  it("names what a keychain refused, and the kind of its error at most", async () => {
    const failing = new MemorySecrets().window();
    failing.get = () => Promise.reject(new RangeError(KEY));
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what others throw is not ours to choose
    failing.delete = () => Promise.reject(KEY);
    const store = new ApiKeyStore(failing);
    await assert.rejects(store.read(), {
      name: "KeychainError",
      message: "keychain read failed: RangeError",
    });
    await assert.rejects(store.delete(), {
      name: "KeychainError",
      message: "keychain delete failed: string",
    });
  });

  it("tells a failing keychain apart and quotes nothing of it", async () => {
    const failing = new MemorySecrets().window();
    failing.store = () => Promise.reject(new TypeError(`cannot store ${KEY}`));
    await assert.rejects(new ApiKeyStore(failing).write(KEY), (error) => {
      assert.ok(error instanceof KeychainError);
      assert.equal(error.message, "keychain write failed: TypeError");
      return true;
    });
  });
});
