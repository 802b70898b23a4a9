import * as l10n from "@vscode/l10n";
import { Refusal } from "../../../changes/refusal";
import { isInCcSwitchHands } from "./ccSwitchCard";
import type { CodexState } from "../state/state";

/** What CC Switch's next switch makes of the change. */
export function noticesOnCcSwitch({ ccSwitch }: CodexState): string[] {
  if (!ccSwitch) return [];
  if (ccSwitch.isOurs) {
    return [
      l10n.t(
        'CC Switch uses TokenPool for Codex, so its own provider "custom" is changed and survives its next switch.',
      ),
    ];
  }
  const { name, isOfficial } = ccSwitch;
  return [
    l10n.t(
      "CC Switch currently uses “{0}”; its next switch would save TokenPool under that name. Choose TokenPool there first.",
      name,
    ),
    ...(isOfficial ? [l10n.t("The ChatGPT login would be gone from CC Switch then.")] : []),
  ];
}

/**
 * Why a change would not last: Codex's requests go through CC Switch, which overwrites everything at once. Or why
 * nobody knows: where its settings cannot be read, the key may have its place elsewhere.
 */
export function ccSwitchObstacle({ config, ccSwitch, ccSwitchProblem }: CodexState): Refusal | undefined {
  if (ccSwitchProblem) return ccSwitchProblem;
  if (!ccSwitch?.isOurs || !ccSwitch.routesLocally) return undefined;
  return new Refusal(
    "ccswitch/manages-codex",
    l10n.t(
      "CC Switch routes Codex's requests through itself and overwrites what is changed here. Change its card of TokenPool in CC Switch, or turn its local routing off first.",
    ),
    { path: config.path },
  );
}

/** @throws Refusal where CC Switch would bring TokenPool back with its next switch, or where nobody knows */
export function refuseRemoval({ config, ccSwitch, ccSwitchProblem }: CodexState): void {
  if (ccSwitchProblem) throw ccSwitchProblem;
  if (!isInCcSwitchHands(config, ccSwitch)) return;
  throw new Refusal(
    "ccswitch/manages-codex",
    l10n.t(
      "CC Switch uses TokenPool for Codex. Choose another provider there: it then takes TokenPool out of Codex's files itself. Afterwards its card of TokenPool can be deleted.",
    ),
    { path: config.path },
  );
}
