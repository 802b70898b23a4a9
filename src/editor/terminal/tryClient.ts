import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { ClientId } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import type { Services } from "../services";
import { settings } from "../settings";
import { startInTerminal } from "./clientTerminal";

/** Fixed, and not translated: it does nothing and asks for little. */
const QUESTION = "Say hello in one short sentence.";

/**
 * Lets a client answer one sentence in a terminal, for the user to see. It works in an empty folder: one of the user's
 * would send its instructions with the question, and could bring configuration of its own.
 */
export async function tryClient(services: Services, id: ClientId): Promise<void> {
  const client = CLIENTS[id];
  const cwd = await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-try-"));
  const args = client.terminal.answering(QUESTION, settings.model());
  const terminal = await startInTerminal(services, client, { args, cwd });
  const clear = () => fs.rm(cwd, { recursive: true, force: true }).catch(() => undefined);
  if (!terminal) return clear();
  const closing = vscode.window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    closing.dispose();
    void clear();
  });
}
