import type * as vscode from "vscode";
import { KEY_MARK, KEY_NAMES, SECRET_NAME } from "../../ids";
import { guard, type Secrets } from "./keychain";
import { freeName, type KeyName, readNames, tidyName } from "./keyNames";

/** A list of keys that a person still overlooks. */
export const MOST_KEYS = 20;

/** One more than keys: an older version may have written another key since, and it must find a place. */
const SLOTS = Array.from({ length: MOST_KEYS + 1 }, (_, index) => index + 1);

/** The key in use that lies in no slot: there never was another beside it. */
const NO_SLOT = 0;

/** One of the keys. Holds the key itself: never log, store or show it. */
export interface StoredKey {
  readonly slot: number;
  /** Shown only where there are several. */
  readonly name: string;
  readonly apiKey: string;
  readonly inUse: boolean;
}

/**
 * The API keys in VS Code's SecretStorage, shared by all windows of this user. The key in use lies where versions that
 * knew one key kept it, so that such a version finds it. Only where there are several, each lies in a slot of its own as
 * well: a switch is one write, and none is lost on the way. The names are kept apart, by VS Code for each profile: a key
 * that has none here gets the next one that is free.
 */
export class ApiKeyStore {
  private readonly registration: { dispose(): unknown };
  /** Until one changes here or in another window: each look at the machine asks for them. */
  private known: Promise<ReadonlyMap<string, string>> | undefined;
  private lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly secrets: Secrets,
    private readonly memory: Pick<vscode.Memento, "get" | "update">,
  ) {
    this.registration = this.onDidChangeAny(() => (this.known = undefined));
  }

  /** The key in use. @throws KeychainError */
  async read(): Promise<string | undefined> {
    return guard("read", this.secrets.get(SECRET_NAME));
  }

  /** All keys in the user's order, no two with the same value or name. @throws KeychainError */
  async list(): Promise<readonly StoredKey[]> {
    const inUse = await this.read();
    const slotOf = new Map<string, number>();
    for (const { slot, apiKey } of await this.readSlots()) {
      if (!slotOf.has(apiKey)) slotOf.set(apiKey, slot);
    }
    if (inUse && !slotOf.has(inUse)) slotOf.set(inUse, NO_SLOT);
    const names = this.names();
    const given = (slot: number) => names.find((each) => each.slot === slot);
    const placeOf = (slot: number) => {
      const named = given(slot);
      return named ? names.indexOf(named) : names.length + slot;
    };
    const sorted = [...slotOf].sort(([, a], [, b]) => placeOf(a) - placeOf(b));
    const taken = sorted.flatMap(([, slot]) => given(slot)?.name ?? []);
    return sorted.map(([apiKey, slot]) => {
      const name = given(slot)?.name ?? freeName(taken);
      taken.push(name);
      return { slot, name, apiKey, inUse: apiKey === inUse };
    });
  }

  /** The values of all keys: what is masked, watched and searched for. @throws KeychainError */
  async all(): Promise<readonly string[]> {
    return [...(await this.named()).keys()];
  }

  /** Their names by the keys themselves; the same map until one changes. @throws KeychainError */
  named(): Promise<ReadonlyMap<string, string>> {
    const known = (this.known ??= this.list().then(
      (keys) => new Map(keys.map(({ apiKey, name }) => [apiKey, name])),
    ));
    // A keychain that fails may be unlocked by the next time.
    known.catch(() => (this.known = undefined));
    return known;
  }

  /**
   * Stores a key as the one in use, in place of the one that was.
   * @returns false where there was none, and are as many others as can be
   * @throws KeychainError
   */
  write(apiKey: string): Promise<boolean> {
    return this.inTurn(async () => {
      const keys = await this.list();
      const old = keys.find(({ inUse }) => inUse);
      const isThere = keys.some((key) => key.apiKey === apiKey);
      if (!old && !isThere && keys.length >= MOST_KEYS) return false;
      if (old && old.apiKey !== apiKey && old.slot !== NO_SLOT) {
        await (isThere ? this.drop(nameOf(old.slot)) : this.put(nameOf(old.slot), apiKey));
      }
      await this.put(SECRET_NAME, apiKey);
      return true;
    });
  }

  /**
   * Stores another key beside those that are there; which one is in use stays.
   * @param name undefined: the next one that is free
   * @returns the key as it is stored now, which it may have been before; undefined: there are as many as can be
   * @throws KeychainError
   */
  add(apiKey: string, name = ""): Promise<StoredKey | undefined> {
    return this.inTurn(async () => {
      const keys = await this.inSlots();
      const same = keys.find((key) => key.apiKey === apiKey);
      if (same) return same;
      const slot = freeSlot(keys);
      if (slot === undefined || keys.length >= MOST_KEYS) return undefined;
      const taken = keys.map((key) => key.name);
      const wanted = tidyName(name, [apiKey, ...keys.map((key) => key.apiKey)]);
      const isFree = wanted !== "" && !taken.includes(wanted);
      const added = { slot, name: isFree ? wanted : freeName(taken) };
      await this.put(nameOf(slot), apiKey);
      await this.rememberNames([...keys, added]);
      return { ...added, apiKey, inUse: false };
    });
  }

  /**
   * Makes one of the stored keys the one in use.
   * @returns false where it is stored no more: whoever removed it wants it nowhere again
   * @throws KeychainError
   */
  use({ apiKey }: Pick<StoredKey, "apiKey">): Promise<boolean> {
    return this.inTurn(async () => {
      if (!(await this.inSlots()).some((key) => key.apiKey === apiKey)) return false;
      await this.put(SECRET_NAME, apiKey);
      return true;
    });
  }

  /** Deletes one of the keys; where it is in use, there is none in use then. @throws KeychainError */
  remove(apiKey: string): Promise<void> {
    return this.inTurn(async () => {
      const gone = (await this.readSlots()).filter((each) => each.apiKey === apiKey).map(({ slot }) => slot);
      for (const slot of gone) await this.drop(nameOf(slot));
      await this.rememberNames(this.names().filter(({ slot }) => !gone.includes(slot)));
      // Last: while it is there, a removal that failed on the way can be repeated.
      if ((await this.read()) === apiKey) await this.drop(SECRET_NAME);
    });
  }

  /**
   * Gives the keys other names or another order; a name that is empty or taken stays as it was.
   * @param keys as they were listed; those that came since stay behind them
   * @throws KeychainError
   */
  arrange(keys: readonly Pick<StoredKey, "apiKey" | "name">[]): Promise<void> {
    return this.inTurn(async () => {
      const stored = await this.inSlots();
      const values = stored.map(({ apiKey }) => apiKey);
      const since = stored.filter(({ apiKey }) => !keys.some((key) => key.apiKey === apiKey));
      const names: KeyName[] = [];
      for (const { apiKey, name } of [...keys, ...since]) {
        const old = stored.find((each) => each.apiKey === apiKey);
        if (!old) continue;
        const wanted = tidyName(name, values);
        const isTaken = stored.some((each) => each !== old && each.name === wanted);
        names.push({ slot: old.slot, name: wanted === "" || isTaken ? old.name : wanted });
      }
      await this.rememberNames(names);
    });
  }

  /** A key was stored and nobody has removed it: where there is none now, VS Code has lost it. */
  wasStored(): boolean {
    return this.memory.get(KEY_MARK) === true;
  }

  /** Remembers it beside the secrets; the mark says nothing of the key. One that cannot be written costs a hint only. */
  async noteStored(isStored: boolean): Promise<void> {
    if (this.wasStored() === isStored) return;
    await Promise.resolve(this.memory.update(KEY_MARK, isStored ? true : undefined)).catch(() => undefined);
  }

  /** Fires when this or another window changed the key in use. */
  onDidChange(listener: () => void): { dispose(): unknown } {
    return this.secrets.onDidChange(({ key }) => {
      if (key === SECRET_NAME) listener();
    });
  }

  /** Fires when this or another window changed any of the keys. */
  onDidChangeAny(listener: () => void): { dispose(): unknown } {
    return this.secrets.onDidChange(({ key }) => {
      if (key === SECRET_NAME || key.startsWith(`${SECRET_NAME}.`)) listener();
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** One change after the other: two at once would take the same free slot, and a key would be lost. */
  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const changing = this.lastChange.then(change);
    this.lastChange = changing.catch(() => undefined);
    return changing;
  }

  /** Every key in a slot of its own, because another one is about to take the only place it had. */
  private async inSlots(): Promise<readonly StoredKey[]> {
    const keys = await this.list();
    const loose = keys.find(({ slot }) => slot === NO_SLOT);
    const slot = freeSlot(keys);
    if (!loose || slot === undefined) return keys;
    await this.put(nameOf(slot), loose.apiKey);
    const moved = keys.map((key) => (key === loose ? { ...key, slot } : key));
    await this.rememberNames(moved);
    return moved;
  }

  private async readSlots(): Promise<{ readonly slot: number; readonly apiKey: string }[]> {
    const read = SLOTS.map(async (slot) => {
      const apiKey = await guard("read", this.secrets.get(nameOf(slot)));
      return apiKey ? [{ slot, apiKey }] : [];
    });
    return (await Promise.all(read)).flat();
  }

  private names(): readonly KeyName[] {
    return readNames(this.memory.get(KEY_NAMES));
  }

  private async rememberNames(names: readonly KeyName[]): Promise<void> {
    const plain = names.map(({ slot, name }) => ({ slot, name }));
    // Nobody with one key ever needs any.
    if (plain.length > 0 || this.names().length > 0) await this.memory.update(KEY_NAMES, plain);
    this.known = undefined;
  }

  private put(secret: string, apiKey: string): Promise<void> {
    return this.changing("write", secret, this.secrets.store(secret, apiKey), true);
  }

  private drop(secret: string): Promise<void> {
    return this.changing("delete", secret, this.secrets.delete(secret), false);
  }

  private async changing(
    operation: string,
    secret: string,
    change: Thenable<void>,
    isStored: boolean,
  ): Promise<void> {
    // What is read meanwhile may be of before, and VS Code tells of the change only later.
    this.known = undefined;
    // Noted also when nobody waits for it any more.
    const noted = change.then(() => (secret === SECRET_NAME ? this.noteStored(isStored) : undefined));
    await guard(operation, noted).finally(() => (this.known = undefined));
  }
}

function nameOf(slot: number): string {
  return `${SECRET_NAME}.${slot}`;
}

function freeSlot(keys: readonly StoredKey[]): number | undefined {
  return SLOTS.find((slot) => !keys.some((key) => key.slot === slot));
}
