import { asIfWritten } from "../../changes/disk/asIfWritten";
import { prepareChange } from "../../changes/prepare";
import { readJournal } from "../../changes/history/journal/journal";
import { undoableEntries } from "../../changes/history/undoableEntries";
import type { JournalEntry } from "../../changes/store";
import { clientOf } from "../../clients/registry";
import { checkBaseUrl } from "../../gateway/endpoints";
import { readProfile } from "../connection";
import type { Services } from "../services";
import { configureClient } from "../clientCommands/configureClient";
import { removeConfiguration } from "../clientCommands/removeConfiguration";
import { restoreEntry } from "../clientCommands/restoreConfiguration";

/** For people who go to and fro: takes back what led Codex to TokenPool; the undo sees to it where tokens go. */
export async function useChatGptAgain(services: Services): Promise<void> {
  const entry = await latestOf(services, ({ undoes }) => undoes === undefined);
  if (entry) await restoreEntry(services, entry, true);
  // The journal has forgotten it since the menu was opened.
  else await removeConfiguration(services, "codex", true);
}

/** Takes that undo back; what has become outdated since, such as the key, is configured anew instead. */
export async function useTokenPoolAgain(services: Services): Promise<void> {
  const entry = await latestOf(services, ({ undoes }) => undoes !== undefined);
  if (entry && (await isUpToDate(services, entry))) await restoreEntry(services, entry, true);
  else await configureClient(services, "codex", true);
}

/** The latest change of the provider that Codex uses. */
async function latestOf(
  services: Services,
  isOfKind: (entry: JournalEntry) => boolean,
): Promise<JournalEntry | undefined> {
  const entries = undoableEntries(await readJournal(services.changes), "codex");
  return entries.find((entry) => isOfKind(entry) && choosesProvider(entry));
}

function choosesProvider({ files }: JournalEntry): boolean {
  return files.some(({ edits }) => edits.some(({ path: [key] }) => key === "model_provider"));
}

/** Codex would use today's key and endpoint; a comment that names them does not count. */
async function isUpToDate(services: Services, entry: JournalEntry): Promise<boolean> {
  const connection = await readProfile(services);
  if ("refusal" in connection) return false;
  const { apiKey, baseUrl } = connection.profile;
  try {
    const client = clientOf(entry);
    const { fs } = services.changes;
    const { files } = await prepareChange(fs, await client.planUndo(services.changes, entry));
    const written = files.map(({ planned: { path }, after }) => [path, after] as const);
    const environment = { ...services.environment(), fs: await asIfWritten(fs, written) };
    const state = await client.inspect(environment, baseUrl);
    const address = checkBaseUrl(state.baseUrl ?? "");
    return state.apiKey === apiKey && address.valid && address.baseUrl === baseUrl;
  } catch {
    return false;
  }
}
