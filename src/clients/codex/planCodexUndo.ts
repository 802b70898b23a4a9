import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import type { ChangePlan, FileFormat } from "../../changes/changePlan";
import type { ChangeStore, JournalEntry } from "../../changes/changeStore";
import { type KeyPath, startsWith } from "../../changes/keyEdit";
import { type PreparedFile, prepareChange } from "../../changes/prepareChange";
import { documentIn } from "../../changes/readDocument";
import { valueAt } from "../../changes/valueAt";
import { readClientFile } from "../clientFile";
import { planProviderUndo } from "../planProviderUndo";
import { CC_SWITCH_PATH } from "./ccSwitchCard";
import { PROVIDER_PATH, usesChatGptLogin } from "./codexState";
import { providerIn } from "./conversations";

/** Plans the way back of a change of Codex's files; warns where it would send a ChatGPT login to a gateway. */
export async function planCodexUndo(store: ChangeStore, entry: JournalEntry): Promise<ChangePlan> {
  const provider = providerOf(entry);
  const plan = await planProviderUndo(store, entry, provider, (file) => isNameless(file, provider));
  const { files } = await prepareChange(store.fs, plan);
  return { ...plan, notices: [...plan.notices, ...(await noticesOnLogin(store, files))] };
}

/** The table that the change was about: CC Switch's own where its card was ours. */
function providerOf({ files }: JournalEntry): KeyPath {
  const isCcSwitch = files.some(({ edits }) =>
    edits.some(({ path: key }) => startsWith(key, CC_SWITCH_PATH)),
  );
  return isCcSwitch ? CC_SWITCH_PATH : PROVIDER_PATH;
}

/** Codex does not start while a provider has no name. */
function isNameless({ planned, after }: PreparedFile, path: KeyPath): boolean {
  const provider = planned.path.endsWith("config.toml") ? providerIn(after, path) : undefined;
  return typeof provider === "object" && provider !== null && !("name" in provider);
}

/** The two files are undone each by itself, and one of them may be left alone. */
async function noticesOnLogin({ fs }: ChangeStore, files: readonly PreparedFile[]): Promise<string[]> {
  const [home] = files
    .filter(({ planned }) => ["auth.json", "config.toml"].includes(path.basename(planned.path)))
    .map(({ planned }) => path.dirname(planned.path));
  if (home === undefined) return [];
  const documentAfter = async (name: string, format: FileFormat) => {
    const file = files.find(({ planned }) => planned.path === path.join(home, name));
    return file
      ? documentIn(format, file.after)
      : (await readClientFile(fs, path.join(home, name), format)).document;
  };
  if (!usesChatGptLogin(await documentAfter("auth.json", "json"))) return [];
  const config = await documentAfter("config.toml", "toml");
  const provider = valueAt(config, ["model_providers", String(valueAt(config, ["model_provider"]))]);
  const address = valueAt(provider, ["base_url"]);
  if (typeof address !== "string" || valueAt(provider, ["requires_openai_auth"]) !== true) return [];
  const host = URL.canParse(address) ? new URL(address).host : address;
  return [
    l10n.t(
      "Afterwards Codex would send your ChatGPT token to {0}: sign out of ChatGPT in Codex, or choose another provider in config.toml.",
      host,
    ),
  ];
}
