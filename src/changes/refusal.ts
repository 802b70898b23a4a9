export type RefusalCode =
  | "key/missing"
  | "change/invalid-syntax"
  | "change/conflict"
  | "change/encoding"
  | "change/not-a-file"
  | "change/hard-linked"
  | "change/too-large"
  | "change/no-permission"
  | "change/changed-meanwhile"
  | "change/write-failed"
  | "change/check-failed"
  | "change/path-not-possible"
  | "codex/chatgpt-login-wins"
  | "ccswitch/manages-codex";

export interface RefusalPlace {
  readonly path?: string;
  /** 0-based. */
  readonly line?: number;
  /** 0-based, in UTF-16 code units. */
  readonly column?: number;
}

/** Why a change is not made. The message is for the user and holds no value of the file. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly where: RefusalPlace = {},
    /** For a report to us, where the error may be ours: English, and without any secret. */
    readonly report?: string,
  ) {
    super(message);
  }

  /** The same refusal, with the file it is about where none was named yet. */
  at(path: string): Refusal {
    return this.where.path === undefined
      ? new Refusal(this.code, this.message, { ...this.where, path }, this.report)
      : this;
  }
}
