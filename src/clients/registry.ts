import type { Client } from "./client";
import type { ClientId } from "./clientId";
import { codex } from "./codex/codex";
import { opencode } from "./opencode/opencode";

/** Every client there is. A new one is one folder beside these and one line here. */
export const CLIENTS: Readonly<Record<ClientId, Client>> = { codex, opencode };
