import type { KeyEdit, KeyPath } from "./document/edits/keyEdit";

export type FileFormat = "toml" | "json" | "jsonc";

/** A file of which only single keys change. */
export interface EditedFile {
  readonly kind: "edit";
  readonly path: string;
  readonly format: FileFormat;
  /** Made in this order, each only where the value differs. */
  readonly edits: readonly KeyEdit[];
  /** Holds a key or token: written with mode 0600, whatever it had before. */
  readonly credential: boolean;
  /** Text to make the edits on while there is no file yet; an empty document when left out. */
  readonly newFileText?: string;
  /** The program that reads the file cannot read a byte order mark. */
  readonly dropByteOrderMark?: boolean;
  /** Nothing of worth is left when the last key is gone, so the file goes too. */
  readonly deleteWhenEmpty?: boolean;
}

/** The keys that a change is about. */
export interface EditedKeys {
  readonly format: FileFormat;
  readonly edits: readonly { readonly path: KeyPath; readonly secret?: true }[];
}

/** A file that is ours as a whole, or is put back byte for byte. */
export interface ReplacedFile {
  readonly kind: "replace";
  readonly path: string;
  /** `undefined` deletes the file. */
  readonly content: Uint8Array | undefined;
  readonly credential: boolean;
  /** What the replacement changes, so that it can be undone key by key; left out for a file without keys. */
  readonly keys?: EditedKeys;
  /** Permissions of a file that is put back where none is; 0600 when left out. */
  readonly mode?: number;
}

export type FileChange = EditedFile | ReplacedFile;

/**
 * Everything that is to be written, and nothing else: the one shape behind configuring, quick fixes,
 * key rotation, removal and undo. Edits are named by key, never by offset, so that a plan still holds
 * when the file has moved on, and can be undone key by key.
 */
export interface ChangePlan {
  /** Id of the client whose files change; left out where the change belongs to none. */
  readonly client?: string;
  /** What the change does, for preview, journal and undo list; localised, without any secret. */
  readonly title: string;
  /**
   * In the order of writing. The order is part of the safety: a crash between two files must leave a
   * client that still starts and must never let a ChatGPT token travel to the gateway.
   */
  readonly files: readonly FileChange[];
  /** What the user should know before applying, beyond what the diff shows; localised. */
  readonly notices: readonly string[];
  /** What the plan leaves out of what was asked, for programs, which see no preview: codes of the knowledge base. */
  readonly leavesOut?: readonly { readonly code: string; readonly message: string; readonly path: string }[];
  /** Journal id of the change that this one undoes. */
  readonly undoes?: string;
}
