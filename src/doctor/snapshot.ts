import type { ClientId } from "../clients/clientId";
import type { CodexState } from "../clients/codex/codexState";

/** One read-only look at the machine; rules see nothing else. Holds keys: never log, store or show it. */
export interface Snapshot {
  readonly codex: CodexState;
  /** Versions of each client's program on the PATH; empty: none found. */
  readonly versions: Readonly<Record<ClientId, readonly string[]>>;
  /** The stored key. */
  readonly apiKey: string | undefined;
}
