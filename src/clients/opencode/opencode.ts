import * as l10n from "@vscode/l10n";
import type { Client } from "../client";
import { opencodeNetwork } from "./network";
import { obstacles } from "./obstacles";
import { sentKeys } from "./state/sentKeys";
import { inspectOpencode, type OpencodeState } from "./state/state";
import { proposals } from "./proposals";
import { planConfiguration, planKeyUpdate } from "./configure";
import { planRemoval } from "./remove";
import { keyFileRepair } from "./state/keyFile";
import { checkStart } from "./startCheck";
import { terminal } from "./terminal";

/** OpenCode's terminal program, desktop app and editor extension: they read the same files. */
export const opencode: Client<OpencodeState> = {
  id: "opencode",
  name: "OpenCode",
  program: "opencode",
  extensionIds: [],
  ownsKeyFile: true,
  network: opencodeNetwork,
  installUrl: "https://opencode.ai/docs",
  terminal,
  nextStep: () => l10n.t("Restart OpenCode."),
  inspect: inspectOpencode,
  sentKeys,
  obstacles,
  proposals,
  planConfiguration,
  planKeyUpdate,
  planRemoval,
  planRepair: (state, apiKey) => {
    const repair = keyFileRepair(state, apiKey);
    return (
      repair && {
        client: "opencode",
        title: l10n.t("Repair OpenCode's key file"),
        files: [repair],
        notices: [],
      }
    );
  },
  planUndo: async (store, entry) => {
    const { planUndo } = await import("./undo");
    return planUndo(store, entry);
  },
  reasonToKeepProvider: () => undefined,
  checkStart,
};
