import * as vscode from "vscode";
import { KNOWLEDGE } from "../../doctor/problems/knowledge";
import { sendTestRequest as send, type TestRequestResult } from "../../health/probe/testRequest";
import { showRefusal } from "../clientCommands/changeFlow";
import { readProfile } from "../connection";
import { networkFor } from "../machine/networkSettings";
import { showErrorMessage, showInformationMessage, withProgress } from "../messages/plainWindow";
import type { Services } from "../services";

/** Sends one tiny request on the path the clients use. It uses quota, so it asks first unless told not to. */
export async function sendTestRequest(services: Services, confirm: boolean): Promise<TestRequestResult> {
  const connection = await readProfile(services);
  if ("refusal" in connection) {
    if (confirm) void showRefusal(connection.refusal);
    return { outcome: "refused", code: connection.refusal.code };
  }
  const { profile } = connection;
  if (confirm && !(await agree(profile.model))) return { outcome: "cancelled" };
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Waiting for an answer of {0}…", profile.model),
    cancellable: true,
  };
  const result = await withProgress(options, async (token) => {
    const leaving = new AbortController();
    token.onCancellationRequested(() => leaving.abort());
    const { ways } = await networkFor(services.environment(), profile.baseUrl);
    const log = (excerpt: string) => services.log.info(`the endpoint says: ${excerpt}`);
    return send(profile, leaving.signal, ways[0].route, undefined, log);
  });
  if (confirm) showResult(result);
  return result;
}

async function agree(model: string): Promise<boolean> {
  const sendIt = vscode.l10n.t("Send");
  const message = vscode.l10n.t("Send a test request to {0}?", model);
  const detail = vscode.l10n.t("It asks for a single word and uses a little of your quota.");
  return (await showInformationMessage(message, { modal: true, detail }, sendIt)) === sendIt;
}

function showResult({ outcome, code, httpStatus, ...figures }: TestRequestResult): void {
  if (outcome === "ok") {
    const message = vscode.l10n.t(
      "The model answered: first token after {0} ms, all after {1} ms; {2} tokens in, {3} out.",
      ...[figures.firstTokenMs, figures.totalMs, figures.inputTokens, figures.outputTokens].map(
        (n) => n ?? "–",
      ),
    );
    void showInformationMessage(message);
  } else if (outcome === "failed") {
    const cause = KNOWLEDGE[code ?? ""]?.cause() ?? "";
    const details = [httpStatus === undefined ? undefined : `HTTP ${httpStatus}`, code]
      .filter(Boolean)
      .join(", ");
    void showErrorMessage(vscode.l10n.t("The test request failed ({0}). {1}", details, cause).trim());
  }
}
