/** Names of nested keys from the root of a document. */
export type KeyPath = readonly string[];

/** Values we write; nothing else is ever rendered. TOML takes only strings, integers and booleans. */
export type ConfigValue =
  string | number | boolean | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

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
  | { readonly kind: "setRaw"; readonly path: KeyPath; readonly raw: string }
  | { readonly kind: "remove"; readonly path: KeyPath };

/** The first keys of `path` are those of `prefix`. */
export function startsWith(path: KeyPath, prefix: KeyPath): boolean {
  return prefix.length <= path.length && prefix.every((key, index) => path[index] === key);
}

export function samePath(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && startsWith(a, b);
}
