import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import type { ChangePlan, FileFormat } from "../../changes/changePlan";
import type { ChangeStore, JournalEntry } from "../../changes/changeStore";
import { type PreparedFile, prepareChange } from "../../changes/prepareChange";
import { documentIn } from "../../changes/readDocument";
import { valueAt } from "../../changes/valueAt";
import { readClientFile } from "../clientFile";
import { planProviderUndo } from "../planProviderUndo";
import { PROVIDER_PATH, usesChatGptLogin } from "./codexState";
import { providerIn } from "./conversations";

/** Plans the way back of a change of Codex's files; warns where it would send a ChatGPT login to a gateway. */
export async function planCodexUndo(store: ChangeStore, entry: JournalEntry): Promise<ChangePlan> {
  const plan = await planProviderUndo(store, entry, PROVIDER_PATH, isNameless);
  const { files } = await prepareChange(store.fs, plan);
  return { ...plan, notices: [...plan.notices, ...(await noticesOnLogin(store, files))] };
}

/** Codex does not start while a provider has no name. */
function isNameless({ planned, after }: PreparedFile): boolean {
  const provider = planned.path.endsWith("config.toml") ? providerIn(after) : undefined;
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
