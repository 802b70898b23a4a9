import * as l10n from "@vscode/l10n";
import type { Proposal } from "../client";
import { mayReplace } from "./defaultModel";
import type { OpencodeState } from "./state/state";

/** What the user may want changed as well, but has to be asked about. */
export function proposals(state: OpencodeState): readonly Proposal[] {
  const found: Proposal[] = [];
  const [override] = state.documentedOverrides;
  if (override) {
    found.push({
      id: "moveDocumentedOverride",
      question: l10n.t("OpenCode's provider “openai” points to TokenPool. Move it to a provider of its own?"),
      detail: l10n.t(
        "As it is, titles are made by another model, and a ChatGPT login would send everything to ChatGPT. ({0})",
        override.path,
      ),
      accept: l10n.t("Move It"),
      decline: l10n.t("Leave It"),
    });
  } else if (!mayReplace(state, state.defaultModel, { fix: false, versions: [] })) {
    found.push({
      id: "replaceDefaultModel",
      question: l10n.t("Make TokenPool OpenCode's default? It is {0} now.", String(state.defaultModel)),
      detail: l10n.t("You can choose between all models in OpenCode with /models either way."),
      accept: l10n.t("Make It the Default"),
      decline: l10n.t("Keep the Default"),
    });
  }
  return found;
}
