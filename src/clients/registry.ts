import type { JournalEntry } from "../changes/store";
import type { Client } from "./client";
import type { ClientId } from "./clientId";
import { codex } from "./codex/codex";
import { opencode } from "./opencode/opencode";

/** Every client there is. A new one is one folder beside these and one line here. */
export const CLIENTS: Readonly<Record<ClientId, Client>> = { codex, opencode };

/** Whose a change is. One of several clients is treated as one of Codex's, whose files need most care. */
export function clientOf({ client }: JournalEntry): Client {
  return Object.values(CLIENTS).find(({ id }) => id === client) ?? codex;
}
