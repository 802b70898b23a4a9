import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import { CLIENT_IDS, directorySetting } from "../../clients/clientId";
import { type DiagnosticReport, diagnosticReport, reportMarkdown } from "../../doctor/report";
import { redactor } from "../../doctor/redact";
import { type Snapshot, statesIn } from "../../doctor/snapshot/snapshot";
import { Setting } from "../../ids";
import { showInformationMessage, withProgress } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";

/** Checks the endpoint, looks for every known problem, and opens the panel unless `confirm` is false. */
export async function runDiagnostics(services: Services, confirm: boolean): Promise<DiagnosticReport> {
  const { report } = await diagnoseAnew(services, confirm);
  if (confirm) services.troubleshoot();
  return report;
}

/** Puts the report for a support person into the clipboard. @returns the same Markdown */
export async function copyReport(services: Services, confirm: boolean): Promise<string> {
  const { report, snapshot } = await diagnoseAnew(services, confirm);
  const { homeDirectory } = services.environment();
  const redact = redactor(homeDirectory, [
    ...snapshot.storedKeys,
    ...statesIn(snapshot).map(({ apiKey }) => apiKey),
    snapshot.codex.environmentKey,
  ]);
  const markdown = reportMarkdown(report, redact);
  await vscode.env.clipboard.writeText(markdown);
  if (confirm) void sayCopied(markdown);
  return markdown;
}

async function diagnoseAnew(
  services: Services,
  confirm: boolean,
): Promise<{ report: DiagnosticReport; snapshot: Snapshot }> {
  const diagnose = async (signal?: AbortSignal) => {
    const [, unsearched] = await Promise.all([
      services.health.checkNow(signal),
      services.secretGuard.searchCommits(),
    ]);
    if (confirm && unsearched.length > 0) sayUnsearched(unsearched);
    const { snapshot } = await services.diagnosis.ask(CLIENT_IDS);
    return { snapshot, report: diagnosticReport(snapshot, aboutThisMachine()) };
  };
  if (!confirm) return diagnose();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Looking for problems with TokenPool…"),
    cancellable: true,
  };
  return withProgress(options, async (token) => {
    // Cancelling leaves out the check of the endpoint; the rest takes no time.
    const leaving = new AbortController();
    token.onCancellationRequested(() => leaving.abort());
    return diagnose(leaving.signal);
  });
}

function sayUnsearched(folders: readonly string[]): void {
  void showInformationMessage(
    vscode.l10n.t(
      "Git did not finish in time, so it is not known whether your key is in a commit of {0}.",
      formatList(folders.map((folder) => path.basename(folder))),
    ),
  );
}

async function sayCopied(markdown: string): Promise<void> {
  const show = vscode.l10n.t("Show It");
  const message = vscode.l10n.t(
    "The diagnostic report is in the clipboard. It holds no key and no user name.",
  );
  if ((await showInformationMessage(message, show)) !== show) return;
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: markdown });
  await vscode.window.showTextDocument(document);
}

function aboutThisMachine() {
  const extension = vscode.extensions.getExtension("tokenpool.tokenpool");
  const manifest = extension?.packageJSON as { version?: string } | undefined;
  const { remoteName } = vscode.env;
  return {
    version: manifest?.version ?? "",
    generatedAt: new Date().toISOString(),
    host: {
      vscode: vscode.version,
      platform: `${process.platform} ${process.arch} ${os.release()}`,
      ...(remoteName && { remote: remoteName }),
      node: process.versions.node,
    },
    settings: settingsThatMatter(),
  };
}

/** Addresses as checked: one that was refused may hold a password, or be a key in the wrong box. */
function settingsThatMatter(): DiagnosticReport["settings"] {
  const address = settings.baseUrl();
  const directories = settings.configuredDirectory();
  const isSet = (name: string) => (process.env[name] ?? process.env[name.toLowerCase()] ?? "") !== "";
  return {
    [Setting.baseUrl]: address.valid ? new URL(address.baseUrl).origin : `refused (${address.code})`,
    [Setting.model]: modelName(settings.model()),
    [Setting.reviewModel]: modelName(settings.reviewModel()),
    [Setting.healthCheckEnabled]: settings.healthCheckEnabled(),
    [Setting.healthCheckInterval]: settings.healthCheckIntervalMs() / 60_000,
    [Setting.statusBarVisible]: settings.statusBarVisible(),
    [Setting.diagnosticsEnabled]: settings.diagnosticsEnabled(),
    ...Object.fromEntries(CLIENT_IDS.map((id) => [directorySetting(id), directories[id]])),
    "http.proxy is set": vscode.workspace.getConfiguration().get<string>("http.proxy", "") !== "",
    "HTTPS_PROXY is set": isSet("HTTPS_PROXY"),
    "NO_PROXY is set": isSet("NO_PROXY"),
    "SSL_CERT_FILE is set": isSet("SSL_CERT_FILE"),
    "CODEX_HOME is set": isSet("CODEX_HOME"),
    "CODEX_API_KEY is set": isSet("CODEX_API_KEY"),
    "OPENAI_API_KEY is set": isSet("OPENAI_API_KEY"),
  };
}

/** The box is free text: what is no name may be anything. */
function modelName(text: string): string {
  return /^(?!sk-)[\w.:/-]{1,40}$/.test(text) ? text : "no model name";
}
