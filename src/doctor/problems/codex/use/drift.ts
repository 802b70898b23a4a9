import * as l10n from "@vscode/l10n";
import { isAsWritten, writtenAt } from "../../../../changes/history/writtenValues";
import { stringAt } from "../../../../clients/configFile";
import { PROVIDER_ID } from "../../../../clients/codex/state/state";
import { codexProviderInUse } from "../../../snapshot/codexProvider";
import type { ProblemCode } from "../../knowledge";
import { type Problem, problem, type Rule } from "../../../problem";
import type { Snapshot } from "../../../snapshot/snapshot";
import { switchingToolAt } from "../../../snapshot/switchingTool";
import { hostOf, wantsTokenPool } from "../../../snapshot/ourAddress";
import { placeOf } from "../../place";
import { configureCodexAnew } from "../../fix";

/** Codex was pointed to TokenPool by us, and now is pointed elsewhere. */
const codexLedElsewhere: Rule = (snapshot) => {
  const { codex, deadLocalAddress } = snapshot;
  // What keeps config.toml from being read, and a program that does not run, are problems of their own.
  if (codex.config.problem || wantsTokenPool(codex) || deadLocalAddress !== undefined) return [];
  if (!wePointedCodexHere(snapshot) || hasNoAddressForOurKey(snapshot)) return [];
  const provider = codexProviderInUse(codex);
  const host = hostOf(provider?.baseUrl ?? "");
  const tool = toolBehind(snapshot, host);
  const code = tool === "CC Switch" ? "ccswitch/manages-codex" : "codex/other-tool-rewrites";
  const message = tool
    ? l10n.t(
        "Codex used TokenPool until its config.toml was rewritten, probably by {0}. Unless TokenPool is chosen there, that will happen again.",
        tool,
      )
    : l10n.t(
        "Codex used TokenPool until somebody changed its config.toml: you, Codex itself or another program.",
      );
  return [
    problem(code, {
      client: "codex",
      severity: tool ? "warning" : "information",
      message,
      // The words of the code blame a program, and here nobody knows who it was.
      ...(!tool && { title: l10n.t("Codex does not use TokenPool any more"), cause: message }),
      ...(host && { evidence: host }),
      ...placeOf(codex.config, ["model_provider"], "value"),
      ...configureCodexAnew(snapshot, code),
    }),
  ];
};

export const driftRules: readonly Rule[] = [codexLedElsewhere];

/** What other programs, or the same one on another machine, are known to make of what we wrote. */
const DRIFT_CODES: readonly ProblemCode[] = [
  "ccswitch/manages-codex",
  "codex/other-tool-rewrites",
  "codex/model-migrated",
  "codex/chatgpt-login-wins",
  "codex/key-differs",
  "opencode/key-differs",
  "opencode/base-url-invalid",
  "opencode/other-tool-rewrites",
];

/** Another of the stored keys was given to a client by the user. */
export function isDrift({ code, apart }: Problem): boolean {
  return !apart && DRIFT_CODES.includes(code);
}

/** The last that we did to the file was to choose our provider. */
function wePointedCodexHere({ codex, written }: Snapshot): boolean {
  return isAsWritten(writtenAt(written, codex.config, ["model_provider"]), PROVIDER_ID);
}

/** Without an address the requests go to OpenAI, or nowhere: problems of their own, with the same way out. */
function hasNoAddressForOurKey({ codex, apiKey }: Snapshot): boolean {
  return !codexProviderInUse(codex)?.baseUrl && apiKey !== undefined && codex.apiKey === apiKey;
}

/** CC Switch names the provider "custom"; its folder alone says only that it was installed once. */
function toolBehind({ codex, ccSwitch }: Snapshot, host: string): string | undefined {
  const isCustom = stringAt(codex.config, ["model_provider"]) === "custom";
  return switchingToolAt(host) ?? (ccSwitch.isThere && isCustom ? "CC Switch" : undefined);
}
