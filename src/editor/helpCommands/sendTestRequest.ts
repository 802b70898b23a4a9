import * as vscode from "vscode";
import { toExplanation } from "../../doctor/explain/explain";
import { isProblemCode } from "../../doctor/problems/knowledge";
import type { TestRequestResult, TestRequestWords } from "../../health/probe/testRequest";
import { showRefusal } from "../clientCommands/changeFlow";
import { readProfile } from "../connection";
import { networkFor } from "../machine/networkSettings";
import { ContextKey } from "../../ids";
import { showErrorMessage, showInformationMessage, withProgress } from "../messages/plainWindow";
import type { Services } from "../services";
import { showExplanation } from "./showExplanation";

/** A notification is read at a glance. */
const LONGEST_WORDS = 80;

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
    title: vscode.l10n.t("Waiting for {0} to respond…", profile.model),
    cancellable: true,
  };
  let words: TestRequestWords = {};
  const ask = async (token?: vscode.CancellationToken) => {
    const leaving = new AbortController();
    token?.onCancellationRequested(() => leaving.abort());
    const { ways } = await networkFor(services.environment(), profile.baseUrl);
    const { sendTestRequest: send } = await import("../../health/probe/testRequest");
    return send(profile, leaving.signal, ways[0].route, undefined, (heard) => (words = heard));
  };
  const result = await (confirm ? withProgress(options, ask) : ask());
  if (words.unknown !== undefined) services.log.info(`the endpoint says: ${words.unknown}`);
  if (result.outcome === "ok")
    await vscode.commands.executeCommand("setContext", ContextKey.testAnswered, true);
  if (confirm) void showResult(result, { model: profile.model, ...words });
  return result;
}

async function agree(model: string): Promise<boolean> {
  const sendIt = vscode.l10n.t("Send");
  const message = vscode.l10n.t("Send a test request to {0}?", model);
  const detail = vscode.l10n.t("It asks for a single word and uses a little of your quota.");
  return (await showInformationMessage(message, { modal: true, detail }, sendIt)) === sendIt;
}

async function showResult(
  { outcome, code, ...figures }: TestRequestResult,
  { model = "", said = "" }: TestRequestWords,
): Promise<void> {
  if (outcome === "ok") {
    const words = said.length > LONGEST_WORDS ? `${said.slice(0, LONGEST_WORDS)}…` : said;
    const { firstTokenMs, totalMs, inputTokens, outputTokens } = figures;
    const message = vscode.l10n.t(
      "{0} answered “{1}”. First token after {2} ms, done after {3} ms; tokens: {4} in, {5} out.",
      ...[model, words, ...[firstTokenMs, totalMs, inputTokens, outputTokens].map((n) => n ?? "–")],
    );
    void showInformationMessage(message);
  } else if (outcome === "failed") {
    if (code === undefined || !isProblemCode(code))
      return void showErrorMessage(vscode.l10n.t("The test request failed."));
    const explanation = toExplanation(code, false);
    const details = vscode.l10n.t("Show Details");
    const message = vscode.l10n.t("The test request failed: {0}.", explanation.title);
    if ((await showErrorMessage(message, details)) === details) await showExplanation(explanation);
  }
}
