import * as vscode from "vscode";
import type { HealthReport } from "../../health/report";
import { describeHealth } from "../../health/texts";
import { showInformationMessage, showWarningMessage, withProgress } from "../messages/plainWindow";
import type { Services } from "../services";

/** Checks the endpoint now, with progress and cancel, and says what came out. */
export async function checkHealth(services: Services): Promise<HealthReport | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Checking the TokenPool endpoint…"),
    cancellable: true,
  };
  const report = await withProgress(options, async (token) => {
    const leaving = new AbortController();
    token.onCancellationRequested(() => leaving.abort());
    return services.health.checkNow(leaving.signal);
  });
  if (!report) return undefined;
  const message = `${describeHealth(report, services.health.findings.usedUp)} ${report.endpoint}`;
  if (report.state === "ok") void showInformationMessage(message);
  else void showWarningMessage(message);
  return report;
}
