import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import type { Client } from "../../clients/client";
import { CLIENTS } from "../../clients/registry";
import { askAfterChange, showChange } from "../clientCommands/afterChange";
import { runChanges, showRefusal } from "../clientCommands/changeFlow";
import { readProfile } from "../connection";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { plansOf } from "../clientCommands/wantedConfiguration";

export interface ConfiguredClient {
  readonly client: Client;
  /** The address its own files name. */
  readonly baseUrl: string | undefined;
}

/** The clients that use TokenPool, or the address the user chose. */
export async function configuredClients(
  services: Services,
  chosenBaseUrl: string,
): Promise<ConfiguredClient[]> {
  const found: ConfiguredClient[] = [];
  for (const client of Object.values(CLIENTS)) {
    const state = await client.inspect(services.environment(), chosenBaseUrl);
    if (state.usesTokenPool) found.push({ client, baseUrl: state.baseUrl });
  }
  return found;
}

/**
 * After a setting changed: offers to write it into the clients' files too, in one preview.
 * @param changed what the user has just done, as a sentence
 */
export async function offerRewrite(
  services: Services,
  configured: readonly ConfiguredClient[],
  changed: string,
): Promise<void> {
  if (configured.length === 0) return void showInformationMessage(changed);
  const clients = configured.map(({ client }) => client);
  const names = formatList(clients.map(({ name }) => name));
  const rewrite = vscode.l10n.t("Update {0}", names);
  const message = `${changed} ${vscode.l10n.t("The files of {0} still name the old one.", names)}`;
  if ((await showInformationMessage(message, rewrite)) !== rewrite) return;
  const connection = await readProfile(services);
  if ("refusal" in connection) return showRefusal(connection.refusal);
  const keptKeys = await services.apiKeys.all();
  const plans = await plansOf(services, { clients, profile: connection.profile, keptKeys });
  const { outcome, refusal, entries } = await runChanges(services, plans, true);
  if (refusal) return showRefusal(refusal);
  if (outcome !== "applied") return;
  const steps = clients.map((client) => client.nextStep());
  const ids = clients.map(({ id }) => id);
  const { stop } = await askAfterChange(services, ids, () => false, true, true);
  const updated = [vscode.l10n.t("{0}: updated.", names), ...steps].join(" ");
  await showChange(services, updated, entries, stop, ids);
}
