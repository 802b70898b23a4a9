/** Names of nested keys from the root of a document. */
export type KeyPath = readonly string[];

/** Values we write; nothing else is ever rendered. TOML takes only strings, integers and booleans. */
export type ConfigValue =
  string | number | boolean | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

/** The user's comments around a key, as they are spelled; they count only where the key gets a new line. */
export interface Remarks {
  /** What goes with the key when it is taken out, so that it has to come back with it. */
  readonly behind?: string;
  /** The comment that ends on the line above. It stays when the key goes, and shows where that belongs. */
  readonly above?: string;
  /** Behind the header of the TOML table that the key is the first of. */
  readonly header?: string;
}

/** One change of one key, named by its path so that it still holds when the file has moved on. */
export type KeyEdit =
  | {
      readonly kind: "set";
      readonly path: KeyPath;
      readonly value: ConfigValue;
      /** The value is a key of ours: removing the API key removes it from the backups too. */
      readonly secret?: true;
    }
  /** A value in the user's own spelling: undo puts it back. */
  | ({ readonly kind: "setRaw"; readonly path: KeyPath; readonly raw: string } & Remarks)
  | { readonly kind: "remove"; readonly path: KeyPath };

/** The first keys of `path` are those of `prefix`. */
export function startsWith(path: KeyPath, prefix: KeyPath): boolean {
  return prefix.length <= path.length && prefix.every((key, index) => path[index] === key);
}

export function samePath(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && startsWith(a, b);
}
