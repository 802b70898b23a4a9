import type { Refusal } from "../../changes/refusal";
import { valueAt } from "../../changes/document/valueAt";
import type { ClientEnvironment } from "../client";
import { readClientFile, stringAt } from "../configFile";
import { pathRules } from "../machine/pathRules";
import { userPath } from "../machine/userPath";

/** What CC Switch is set to, from its settings file; its database stays closed. */
export interface CcSwitchState {
  readonly directory: string;
  /** The directory is there: it was started on this machine once. */
  readonly isThere: boolean;
  /** Id of the card that it last switched Codex to; undefined: none yet. Anybody's text. */
  readonly codexCard?: string;
  /** A ChatGPT login stays in auth.json, and the key of a card goes into config.toml. */
  readonly preservesLogin: boolean;
  /** It may lead Codex's requests through itself, and then writes config.toml whenever it likes. */
  readonly routesLocally: boolean;
  /** Directory whose config.toml and auth.json it writes; it does not know CODEX_HOME. */
  readonly codexDirectory: string;
  /** The one file of OpenCode's that it reads and writes. */
  readonly opencodeFile: string;
  /** Why its settings could not be read: nothing else of this is known then, however it reads. */
  readonly problem?: Refusal;
}

/** Cards made of a link have our name and the time in their id. */
const OUR_CARD = /^tokenpool-\d{13}$/;

/** Reads what is needed to live beside CC Switch 3.20. */
export async function inspectCcSwitch(environment: ClientEnvironment): Promise<CcSwitchState> {
  const { fs, homeDirectory, platform } = environment;
  const rules = pathRules(platform);
  const directory = rules.join(homeDirectory, ".cc-switch");
  const settings = await readClientFile(fs, rules.join(directory, "settings.json"), "json");
  const text = (name: string) => stringAt(settings, [name])?.trim() || undefined;
  const isOn = (name: string) => valueAt(settings.document, [name]) === true;
  const moved = (name: string, ...usual: string[]) => {
    const named = text(name);
    // Asking the system for a path with a null character throws.
    return named === undefined || named.includes("\0")
      ? rules.join(homeDirectory, ...usual)
      : userPath(environment, named);
  };
  const codexCard = text("currentProviderCodex");
  return {
    directory,
    isThere: await fs.stat(directory).then(
      (info) => info.isDirectory(),
      () => false,
    ),
    ...(codexCard && { codexCard }),
    ...(settings.problem && { problem: settings.problem }),
    preservesLogin: isOn("preserveCodexOfficialAuthOnSwitch"),
    routesLocally: isOn("enableLocalProxy"),
    codexDirectory: moved("codexConfigDir", ".codex"),
    opencodeFile: rules.join(moved("opencodeConfigDir", ".config", "opencode"), "opencode.json"),
  };
}

/** CC Switch uses a card that was made of a link of ours. */
export function usesOurCard({ codexCard = "" }: CcSwitchState): boolean {
  return OUR_CARD.test(codexCard);
}
