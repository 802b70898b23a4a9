import * as vscode from "vscode";
import { type Explanation, meaningsOf, rankCodes, toExplanation } from "../../doctor/explain/explain";
import { fixFor } from "../../doctor/fixes/fixFor";
import { separateJoinedLines } from "../../doctor/explain/errorLines";
import { Command } from "../../ids";
import { showInformationMessage, showInputBox, showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";
import { showExplanation } from "./showExplanation";

/**
 * Explains an error text by the knowledge base. Given a text it only answers; without one it takes the
 * selection or asks, unless `confirm` is false, and shows what it finds. The text is kept, logged and sent nowhere.
 */
export async function explainError(
  services: Services,
  text: unknown,
  confirm: boolean,
): Promise<Explanation[]> {
  if (typeof text === "string") return explain(services, text);
  if (!confirm) return [];
  const chosen = selectedText() ?? (await askForText());
  return chosen === undefined ? [] : explainAndShow(services, chosen);
}

/** Shows the entries for a text, ranked, or says that it is not known. */
export async function explainAndShow(services: Services, text: string): Promise<Explanation[]> {
  const explanations = await explain(services, text);
  if (explanations.length === 0) void sayUnknown(services);
  else void choose(explanations).then((chosen) => chosen && showExplanation(chosen));
  return explanations;
}

async function explain(services: Services, text: string): Promise<Explanation[]> {
  const meanings = meaningsOf(text, settings.usableBaseUrl());
  if (meanings.length === 0) return [];
  const { snapshot, problems } = await services.diagnosis.look("asked");
  // What the last check knows of usage tells apart what Codex words alike ("exceeded retry limit").
  const seen = snapshot.health.flatMap(({ code }) => code ?? []);
  const found = new Set([...problems.map(({ code }) => code), ...seen]);
  return rankCodes(meanings, found).map((code) =>
    toExplanation(code, fixFor(code, snapshot) !== undefined, meanings),
  );
}

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? "";
  return text.trim() === "" ? undefined : text;
}

async function askForText(): Promise<string | undefined> {
  const text = await showInputBox({
    title: vscode.l10n.t("Explain an Error"),
    placeHolder: vscode.l10n.t("Paste what Codex, OpenCode or the gateway says"),
    prompt: vscode.l10n.t("The text stays on this machine and is not stored."),
    ignoreFocusOut: true,
  });
  return text === undefined || text.trim() === "" ? undefined : separateJoinedLines(text);
}

async function choose(explanations: readonly Explanation[]): Promise<Explanation | undefined> {
  if (explanations.length === 1) return explanations[0];
  const items = explanations.map((explanation) => ({
    label: explanation.title,
    detail: explanation.cause,
    explanation,
  }));
  const choice = await showQuickPick(items, {
    title: vscode.l10n.t("What the Error Can Mean"),
    placeHolder: vscode.l10n.t("The most likely comes first. Choose one to see what helps."),
  });
  return choice?.explanation;
}

async function sayUnknown(services: Services): Promise<void> {
  const another = vscode.l10n.t("Explain Another…");
  const look = vscode.l10n.t("Open Troubleshooting");
  const message = vscode.l10n.t(
    "TokenPool does not know this error. Troubleshooting looks at this machine and has a report for support.",
  );
  const choice = await showInformationMessage(message, look, another);
  if (choice === look) await vscode.commands.executeCommand(Command.troubleshoot);
  const text = choice === another ? await askForText() : undefined;
  if (text !== undefined) await explainAndShow(services, text);
}
