import type { Scene } from "./scene";

/** One thing that stands between this machine and the gateway, and what is true behind it. */
export interface Row {
  /** In a few words, for docs/network.md. */
  readonly box: string;
  /** Whether the real client gets its answer. */
  readonly codex: boolean;
  readonly opencode: boolean;
  /** The code of TokenPool's verdict; "ok": it works for both. */
  readonly says: string;
  /** TokenPool takes no weaker TLS than Node does, and so calls a client failing that is content with it. */
  readonly isStricter?: true;
  /** Shows in the answer to a question alone, and a check asks none because it would cost the user's money. */
  readonly isUnseen?: true;
  /** Opens what is particular to this row. @returns a base URL without `/v1` */
  readonly endpoint: (scene: Scene) => Promise<string>;
  /** How long to wait for a client where a minute is too short, or where nothing can come of it, in milliseconds. */
  readonly patienceMs?: number;
}

/** Rows that share an environment, so that one process of OpenCode can ask them all. */
export interface Group {
  readonly title: string;
  /** Needs a network and a file system of its own (namespace.ts). */
  readonly namespace?: true;
  /** Opens what the rows have in common. @returns the environment of the clients and of VS Code */
  readonly environment: (scene: Scene) => Promise<Readonly<Record<string, string>>>;
  readonly rows: readonly Row[];
}

/** A group of one row: an environment of its own. */
export function alone(
  row: Omit<Row, "endpoint">,
  open: (scene: Scene) => Promise<{ endpoint: string; env: Readonly<Record<string, string>> }>,
): Group {
  const opened = new WeakMap<Scene, Promise<{ endpoint: string; env: Readonly<Record<string, string>> }>>();
  const once = (scene: Scene) => {
    const known = opened.get(scene) ?? open(scene);
    opened.set(scene, known);
    return known;
  };
  return {
    title: row.box,
    environment: async (scene) => (await once(scene)).env,
    rows: [{ ...row, endpoint: async (scene) => (await once(scene)).endpoint }],
  };
}
