import * as vscode from "vscode";
import { isCounted } from "../../doctor/overview/nextStep";
import type { Noted, NotedClient } from "../../doctor/overview/noted";
import { countSentence, type Overview } from "../../doctor/overview/overview";
import { formatSentence } from "../../gateway/formats";
import { describeUsage } from "../../gateway/usage/usageText";
import type { HealthReport } from "../../health/report";
import { Command } from "../../ids";
import { plainText } from "../messages/plainText";
import { settings } from "../settings";
import type { CheckFindings } from "./endpointCheck";
import { offerOf, type StepOffer } from "./stepOffer";

/** What the hover tells beside the overview. */
export interface StatusDetails {
  readonly report: HealthReport | undefined;
  readonly findings: CheckFindings;
  readonly noted: Noted | undefined;
}

/** Titles that are told in the hover; the panel has room for all. */
const PROBLEMS_TOLD = 3;

/**
 * What the status bar item shows when hovered: verdict, balance, model and endpoint, clients, one action that fits,
 * links. Whatever does not come from us is added as plain text: an address from the settings must not become a link
 * or a command, and of commands only those run that are linked here.
 */
export function statusTooltip(
  overview: Overview,
  { report, findings, noted }: StatusDetails,
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  const offer = overview.next && offerOf(overview.next);
  const links = linksBeside(offer);
  tooltip.isTrusted = {
    enabledCommands: [...(offer ? [offer] : []), ...links].map(({ command }) => command),
  };
  const paragraph = (text: string) => tooltip.appendMarkdown(`${plainText(text)}\n\n`);
  tooltip.appendMarkdown("**TokenPool** — ");
  paragraph(overview.sentence);
  for (const line of problemLines(overview, noted)) paragraph(line);
  if (findings.usage && report?.state !== "noKey") {
    const lines = describeUsage(findings.usage);
    if (lines.length > 0) paragraph(lines.join(" · "));
  }
  if (report?.endpoint && report.state !== "noKey") paragraph(`${settings.model()} · ${report.endpoint}`);
  if (noted) paragraph(noted.clients.map((client) => describeClient(client, noted)).join(" · "));
  if (offer) tooltip.appendMarkdown(`**${linkTo(offer)}**\n\n`);
  return tooltip.appendMarkdown(`---\n\n${links.map(linkTo).join(" · ")}`);
}

/** What else is the matter than the verdict says, and what somebody has changed. */
function problemLines({ kind, count }: Overview, noted: Noted | undefined): string[] {
  const problems = noted?.problems ?? [];
  const counted = problems.filter(isCounted);
  const drift = problems.filter((each) => each.isDrift && !isCounted(each)).map(({ message }) => message);
  const [only] = counted;
  if (kind !== "problems") return [...(count > 0 ? [formatSentence(countSentence(count))] : []), ...drift];
  if (only && counted.length === 1) return [only.message, ...drift];
  const told = counted.slice(0, PROBLEMS_TOLD).map(({ title }) => formatSentence(title));
  const left = counted.length - told.length;
  return [...told, ...(left > 0 ? [vscode.l10n.t("And {0} more.", left)] : []), ...drift];
}

function describeClient({ id, name, use }: NotedClient, { problems }: Noted): string {
  const own = problems.filter((each) => each.part === id && isCounted(each)).length;
  if (own > 0) return `${name}: ${countSentence(own)}`;
  if (use === "none") return vscode.l10n.t("{0}: not configured", name);
  return use === "works" ? vscode.l10n.t("{0}: TokenPool", name) : vscode.l10n.t("{0}: does not work", name);
}

/** Each command once: the action stands above them. */
function linksBeside(offer: StepOffer | undefined): StepOffer[] {
  const links: StepOffer[] = [
    { label: vscode.l10n.t("Check Now"), icon: "pulse", command: Command.checkHealth },
    { label: vscode.l10n.t("Troubleshoot"), icon: "tools", command: Command.troubleshoot },
    { label: vscode.l10n.t("Console"), icon: "link-external", command: Command.openConsole },
    { label: vscode.l10n.t("Get Started"), icon: "book", command: Command.getStarted },
    { label: vscode.l10n.t("More…"), icon: "ellipsis", command: Command.showActions },
  ];
  return links.filter(({ command }) => command !== offer?.command);
}

/** A parenthesis in an argument would end the link. */
function linkTo({ label, command, argument }: StepOffer): string {
  const given = argument === undefined ? "" : `?${encodeURIComponent(JSON.stringify([argument]))}`;
  const target = `command:${command}${given}`.replace(
    /[()]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  );
  return `[${plainText(label)}](${target})`;
}
