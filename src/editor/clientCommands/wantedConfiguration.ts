import * as vscode from "vscode";
import type { ChangePlan } from "../../changes/plan";
import type { Client, ProposalId } from "../../clients/client";
import type { ClientId } from "../../clients/clientId";
import { programVersions } from "../../clients/machine/programVersions";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import { type ChangeOutcome, type OtherWay, runChanges } from "./changeFlow";
import type { Services } from "../services";

/** What the clients' files are to say, once the user agrees. */
export interface WantedConfiguration {
  readonly clients: readonly Client[];
  readonly profile: ConnectionProfile;
  /** A client that has one of these keys, all of them stored, keeps it: the user gave it that. */
  readonly keptKeys?: readonly string[];
  /** Proposals of the clients that the user accepted. */
  readonly accepted?: readonly ProposalId[];
}

/**
 * One preview, until it is applied: what else the user asks for in it makes another one.
 * @param findMore what Change… offers beside what the clients propose
 */
export async function configureAsWanted(
  services: Services,
  wanted: WantedConfiguration,
  confirm: boolean,
  findMore: (wanted: WantedConfiguration) => readonly OtherWay[] = () => [],
): Promise<ChangeOutcome> {
  const { clients, profile, accepted = [] } = wanted;
  // Without a preview nobody can choose any of them.
  const others = await Promise.all(
    (confirm ? clients : []).map(async (client): Promise<OtherWay[]> => {
      const state = await client.inspect(services.environment(), profile.baseUrl);
      const proposed = client.proposals(state).filter(({ id }) => !accepted.includes(id));
      const accepting = (id: ProposalId) => ({ ...wanted, accepted: [...accepted, id] });
      return [
        ...proposed.map(({ id, label, notice }) => ({
          label,
          notice,
          take: () => configureAsWanted(services, accepting(id), confirm, findMore),
        })),
        ...(state.needsCcSwitchCard ? [handingOver(services, client.id)] : []),
      ];
    }),
  );
  const findOthers = () => [...findMore(wanted), ...others.flat()];
  return runChanges(services, await plansOf(services, wanted), confirm, findOthers);
}

/** One plan for each client, so that each can be undone by itself; made again whenever the files may have changed. */
export async function plansOf(
  services: Services,
  { clients, profile, keptKeys = [], accepted }: WantedConfiguration,
) {
  const environment = services.environment();
  const versions = await Promise.all(clients.map(({ program }) => programVersions(environment, program)));
  return (): Promise<ChangePlan[]> =>
    Promise.all(
      clients.map(async (client, index) => {
        const state = await client.inspect(environment, profile.baseUrl);
        const options = { fix: true, versions: versions[index] ?? [], ...(accepted && { accepted }) };
        const own = keptKeys.find((key) => key === state.apiKey) ?? profile.apiKey;
        return client.planConfiguration(state, { ...profile, apiKey: own }, options);
      }),
    );
}

/** Nothing is changed then: first TokenPool has to be chosen in CC Switch. */
function handingOver(services: Services, id: ClientId): OtherWay {
  return {
    label: vscode.l10n.t("Add to CC Switch…"),
    take: async () => {
      await (await import("./ccSwitch/addToCcSwitch")).addToCcSwitch(services, id, true);
      return { outcome: "cancelled", files: [] };
    },
  };
}
