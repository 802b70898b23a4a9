import * as l10n from "@vscode/l10n";
import type { Proposal } from "../client";
import { mayReplace } from "./models/defaultModel";
import type { OpencodeState } from "./state/state";

/** What the user may want changed as well, and gets only by asking for it. */
export function proposals(state: OpencodeState): readonly Proposal[] {
  if (state.documentedOverrides.length > 0) {
    const notice = l10n.t(
      'OpenCode\'s provider "openai" points to TokenPool too: titles are made by another model, and a ChatGPT login would send everything to ChatGPT. Change… moves it.',
    );
    return [
      { id: "moveDocumentedOverride", label: l10n.t("Move TokenPool to a Provider of Its Own"), notice },
    ];
  }
  if (mayReplace(state, state.defaultModel, { fix: false, versions: [] })) return [];
  const notice = l10n.t("Change… makes TokenPool the default.");
  return [{ id: "replaceDefaultModel", label: l10n.t("Make TokenPool OpenCode's Default"), notice }];
}
