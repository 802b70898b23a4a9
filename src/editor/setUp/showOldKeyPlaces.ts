import * as path from "node:path";
import * as vscode from "vscode";
import type { ClientEnvironment } from "../../clients/client";
import { unsetVariableHelp } from "../../doctor/problems/network/systemHelp";
import type { OldKeyPlace } from "../../doctor/problems/secrets/oldKeyPlaces";
import { API_KEYS_CONSOLE_URL } from "../../gateway/endpoints";
import { showQuickPick } from "../messages/plainWindow";

interface PlaceItem extends vscode.QuickPickItem {
  readonly open?: () => Thenable<unknown>;
}

/** Where the old key still is, each place with what helps; the list comes back until it is left. */
export async function showOldKeyPlaces(
  places: readonly OldKeyPlace[],
  environment: ClientEnvironment,
): Promise<void> {
  const inConsole: PlaceItem = {
    label: vscode.l10n.t("Delete the old key in the console"),
    detail: vscode.l10n.t("Then no copy of it works any more, wherever it is."),
    iconPath: new vscode.ThemeIcon("link-external"),
    open: () => vscode.env.openExternal(vscode.Uri.parse(API_KEYS_CONSOLE_URL)),
  };
  const items = [inConsole, ...places.map((place) => itemOf(place, environment))];
  const options = {
    title: vscode.l10n.t("The New Key Is in Use"),
    placeHolder:
      places.length === 0
        ? vscode.l10n.t("The old key was found nowhere else")
        : vscode.l10n.t("The old key is still here"),
    ignoreFocusOut: true,
  };
  for (;;) {
    const choice = await showQuickPick(items, options);
    if (!choice) return;
    await choice.open?.();
  }
}

function itemOf(place: OldKeyPlace, environment: ClientEnvironment): PlaceItem {
  if (place.kind === "variable") {
    return {
      label: vscode.l10n.t("Environment variable {0}", place.name),
      detail: unsetVariableHelp(environment, place.name),
      iconPath: new vscode.ThemeIcon("symbol-variable"),
    };
  }
  const { kind } = place;
  return {
    label: path.basename(place.path),
    description: path.dirname(place.path),
    detail: helpFor(kind),
    iconPath: new vscode.ThemeIcon(kind === "commit" ? "git-commit" : "file"),
    // A database is nothing to look at.
    ...(kind !== "ccSwitch" && {
      open: () => vscode.commands.executeCommand("vscode.open", vscode.Uri.file(place.path)),
    }),
  };
}

function helpFor(kind: Exclude<OldKeyPlace["kind"], "variable">): string {
  switch (kind) {
    case "commit":
      return vscode.l10n.t(
        "In a commit: remove it from the file. The history keeps it, so delete the key in the console.",
      );
    case "git":
      return vscode.l10n.t("In a changed file: remove it before you commit.");
    case "shellHistory":
      return vscode.l10n.t("In the shell's history: delete the line.");
    case "ccSwitch":
      return vscode.l10n.t("In CC Switch: delete or edit the provider there, then add TokenPool again.");
    default:
      return vscode.l10n.t("In a file that TokenPool does not change: remove it there.");
  }
}
