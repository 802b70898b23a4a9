import * as vscode from "vscode";
import { type Problem, problemId } from "../../doctor/problem";
import { Command, DIAGNOSTIC_SOURCE } from "../../ids";
import type { FileDiagnostics } from "./fileDiagnostics";
import { plainText } from "../messages/plainText";
import { rangeOf } from "./diagnostic";
import { asGlob } from "./editorPath";
import { preferred, quickFix } from "./quickFix";

/** Only what was found is looked up, so it may well be asked about every file. */
const ANY_FILE: vscode.DocumentSelector = { scheme: "file" };

/** Commands that a link in the hover may run. */
const LINKED = [Command.applyFix, Command.replaceApiKey, Command.troubleshoot];

/** Quick fixes, hover and language status of the clients' files; all of them only look up what was found. */
export function registerProblemHelp(diagnostics: FileDiagnostics): vscode.Disposable {
  const status = vscode.languages.createLanguageStatusItem("tokenpool.problems", []);
  status.name = DIAGNOSTIC_SOURCE;
  status.command = { command: Command.troubleshoot, title: vscode.l10n.t("Open Troubleshooting") };
  return vscode.Disposable.from(
    status,
    diagnostics.onDidChange(() => updateStatus(status, diagnostics)),
    vscode.window.onDidChangeActiveTextEditor(() => updateStatus(status, diagnostics)),
    vscode.languages.registerCodeActionsProvider(
      ANY_FILE,
      {
        provideCodeActions: (document, range) =>
          quickFixes(diagnostics.problemsOf(document), document, range),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.languages.registerHoverProvider(ANY_FILE, {
      provideHover: (document, position) => hoverAt(diagnostics.problemsOf(document), position),
    }),
  );
}

function quickFixes(
  problems: readonly Problem[],
  { uri }: vscode.TextDocument,
  range: vscode.Range,
): vscode.CodeAction[] {
  const here = problems.filter((problem) => rangeOf(problem.range).intersection(range));
  if (here.length === 0) return [];
  const { fsPath: path } = uri;
  const actions = here.flatMap((problem) => {
    const offered = offerOf(problem);
    return offered ? [preferred(quickFix(`TokenPool: ${offered.label}`, ...offered.run))] : [];
  });
  if (problems.filter(({ fix, apart }) => fix && apart !== true).length > 1) {
    const title = vscode.l10n.t("Fix All TokenPool Problems in This File");
    actions.push(quickFix(title, Command.applyFix, { path }));
  }
  actions.push(quickFix(vscode.l10n.t("Open TokenPool Troubleshooting"), Command.troubleshoot));
  return actions;
}

/** What the light bulb offers for a problem, named by what it does. */
function offerOf(problem: Problem): { label: string; run: [Command, object?] } | undefined {
  const { path, fix, action } = problem;
  if (fix) return { label: fix().title, run: [Command.applyFix, wantedFix(problem)] };
  if (action === "unstageKey") {
    return { label: vscode.l10n.t("Unstage"), run: [Command.unstageKey, { path }] };
  }
  if (action === "replaceApiKey") {
    return { label: vscode.l10n.t("Replace Key…"), run: [Command.replaceApiKey] };
  }
  return action === "openConsole"
    ? { label: vscode.l10n.t("Open API Keys Console"), run: [Command.openConsole] }
    : undefined;
}

/** By its id too, because a second table of the file may be wrong in the same way. */
function wantedFix(problem: Problem): object {
  const { code, path } = problem;
  return { code, path, id: problemId(problem) };
}

/** What helps; what is the matter stands above it already, because VS Code repeats a problem's message there. */
function hoverAt(problems: readonly Problem[], position: vscode.Position): vscode.Hover | undefined {
  const here = problems.filter(({ range }) => range && rangeOf(range).contains(position));
  if (here.length === 0) return undefined;
  return new vscode.Hover(here.map(explanation));
}

/** Texts that hold something of the file are added as plain text. */
function explanation(problem: Problem): vscode.MarkdownString {
  const { title, cause, message, help, evidence, fix, action } = problem;
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: LINKED };
  const paragraph = (line: string) => text.appendMarkdown(`${plainText(line)}\n\n`);
  text.appendMarkdown(`**${plainText(title)}**\n\n`);
  if (message !== cause) paragraph(cause);
  paragraph(help);
  if (evidence) paragraph(vscode.l10n.t("Seen: {0}", evidence));
  // A parenthesis in the path would end the link.
  const argument = encodeURIComponent(JSON.stringify([wantedFix(problem)])).replace(/[()]/g, percentEncoded);
  const links = [
    ...(fix ? [`[${vscode.l10n.t("Fix…")}](command:${Command.applyFix}?${argument})`] : []),
    ...(action === "replaceApiKey"
      ? [`[${vscode.l10n.t("Replace Key…")}](command:${Command.replaceApiKey})`]
      : []),
    `[${vscode.l10n.t("Open Troubleshooting")}](command:${Command.troubleshoot})`,
  ];
  return text.appendMarkdown(links.join(" · "));
}

function updateStatus(status: vscode.LanguageStatusItem, diagnostics: FileDiagnostics): void {
  status.selector = diagnostics.files.map((file) => ({ scheme: "file", pattern: asGlob(file) }));
  const shown = vscode.window.activeTextEditor?.document;
  const problems = shown ? diagnostics.problemsOf(shown) : [];
  const isBad = problems.some(({ severity }) => severity !== "information");
  status.severity = isBad ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
  status.text =
    problems.length === 0
      ? vscode.l10n.t("TokenPool: no problems in this file")
      : vscode.l10n.t("TokenPool: problems in this file: {0}", problems.length);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}
