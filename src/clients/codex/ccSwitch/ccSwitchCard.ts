import type { KeyPath } from "../../../changes/document/edits/keyEdit";
import type { Refusal } from "../../../changes/refusal";
import { valueAt } from "../../../changes/document/valueAt";
import { isSamePlace } from "../../../changes/spelling";
import { type CcSwitchState, usesOurCard } from "../../ccswitch/state";
import type { ClientEnvironment } from "../../client";
import { type ClientFile, stringAt } from "../../configFile";

/** The id under which CC Switch writes every provider of Codex's. */
export const CC_SWITCH_PROVIDER_ID = "custom";
export const CC_SWITCH_PATH: KeyPath = ["model_providers", CC_SWITCH_PROVIDER_ID];
export const CC_SWITCH_TOKEN: KeyPath = [...CC_SWITCH_PATH, "experimental_bearer_token"];

/** The card of CC Switch's that Codex's files belong to: its next switch saves them there, whatever they hold. */
export interface CcSwitchCard {
  /** What the user knows it by; another program's text, cut to a name. */
  readonly name: string;
  readonly isOurs: boolean;
  /** It is the one of the ChatGPT login. */
  readonly isOfficial: boolean;
  /** Its key stands in config.toml, because the user keeps a ChatGPT login in auth.json. */
  readonly keepsTokenInConfig: boolean;
  /** Codex's requests go through CC Switch, which overwrites whatever is changed in config.toml. */
  readonly routesLocally: boolean;
}

/**
 * @param leadsToTokenPool judges the address of a provider
 * @returns undefined where CC Switch was never switched for Codex, or writes into another directory; why its settings
 * cannot be read where nobody knows that
 */
export async function inspectCard(
  environment: ClientEnvironment,
  ccSwitch: CcSwitchState,
  home: string,
  config: ClientFile,
  leadsToTokenPool: (address?: string) => boolean,
): Promise<CcSwitchCard | Refusal | undefined> {
  if (ccSwitch.problem) return ccSwitch.problem;
  const { codexCard, codexDirectory, preservesLogin, routesLocally } = ccSwitch;
  if (codexCard === undefined || !(await isSame(environment, codexDirectory, home))) return undefined;
  const isOfficial = codexCard === "codex-official";
  // A card that was made by hand has another id; the files show that it is one of TokenPool's.
  const isByHand =
    !isOfficial &&
    stringAt(config, ["model_provider"]) === CC_SWITCH_PROVIDER_ID &&
    leadsToTokenPool(stringAt(config, [...CC_SWITCH_PATH, "base_url"]));
  const isOurs = usesOurCard(ccSwitch) || isByHand;
  return {
    name: nameOf(codexCard),
    isOurs,
    isOfficial,
    keepsTokenInConfig: isOurs && preservesLogin && stringAt(config, CC_SWITCH_TOKEN) !== undefined,
    routesLocally,
  };
}

async function isSame({ fs }: ClientEnvironment, one: string, other: string): Promise<boolean> {
  const real = (path: string) => fs.realpath(path).catch(() => path);
  return isSamePlace(await real(one), await real(other));
}

/** An id is a name with the time it was made. */
function nameOf(id: string): string {
  if (id === "codex-official") return "OpenAI Official";
  return id
    .replace(/-\d{13}$/, "")
    .replace(/[^\p{L}\p{N} ._-]/gu, "")
    .slice(0, 40);
}

/** Codex uses the table that CC Switch writes, and CC Switch takes it for TokenPool's. */
export function isInCcSwitchHands(config: ClientFile, card: CcSwitchCard | undefined): boolean {
  return card?.isOurs === true && valueAt(config.document, ["model_provider"]) === CC_SWITCH_PROVIDER_ID;
}
