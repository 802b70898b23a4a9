import * as l10n from "@vscode/l10n";
import type { Client } from "../client";
import { sentKeys } from "./state/sentKeys";
import { type CodexState, inspectCodex } from "./state/state";
import { codexNetwork } from "./network";
import { obstacles } from "./obstacles";
import { planConfiguration, planKeyUpdate } from "./configure";
import { endsConversations } from "./conversations";
import { planRemoval } from "./remove";
import { checkStart } from "./startCheck";
import { terminal } from "./terminal";

/** Codex CLI, Codex App and the Codex IDE extension: they share one home directory. */
export const codex: Client<CodexState> = {
  id: "codex",
  name: "Codex",
  program: "codex",
  extensionIds: ["openai.chatgpt"],
  ownsKeyFile: false,
  network: codexNetwork,
  installUrl: "https://developers.openai.com/codex/cli",
  terminal,
  nextStep: () => l10n.t("Restart Codex and start a new conversation."),
  inspect: inspectCodex,
  sentKeys,
  obstacles,
  proposals: () => [],
  planConfiguration,
  planKeyUpdate,
  planRemoval,
  planUndo: async (store, entry, keepProvider) => {
    const { planUndo } = await import("./undo");
    return planUndo(store, entry, keepProvider);
  },
  reasonToKeepProvider: (undo) =>
    endsConversations(undo)
      ? l10n.t(
          "Conversations you had with TokenPool can be continued (codex -c model_provider=OpenAI resume) only while its provider table stays; it holds no key.",
        )
      : undefined,
  checkStart,
};
