import * as vscode from "vscode";
import type { HealthPhases, HealthReport } from "../../health/report";
import { describeUsage } from "../../gateway/usage/usageText";
import { Command } from "../../ids";
import type { CheckFindings } from "./endpointCheck";
import { describeHealth, namedPhases, textsOf } from "../../health/texts";
import { plainText } from "../messages/plainText";
import { workingEndpoint } from "./workingEndpoint";

/** Which client uses TokenPool, for people: `{ name: "Codex", usesTokenPool: true }`. */
export interface ClientUse {
  readonly name: string;
  readonly usesTokenPool: boolean;
}

/** Something that another program changed in what we had written. */
export interface Drift {
  readonly code: string;
  /** One sentence with who it probably was. */
  readonly message: string;
  readonly path?: string;
  /** Of the change that puts it back, if there is one. */
  readonly fixTitle?: string;
}

export interface ClientStatus {
  readonly use: readonly ClientUse[];
  readonly drift: readonly Drift[];
}

/** What the hover tells beside the report. */
export interface StatusDetails {
  readonly clients: ClientStatus;
  readonly findings: CheckFindings;
  /** The last changes of state, the newest first. */
  readonly earlier: readonly HealthReport[];
}

/** Commands that a link in the hover may run; nothing else in it can. */
const LINKED = [
  Command.checkHealth,
  Command.troubleshoot,
  Command.selectEndpoint,
  Command.setApiKey,
  Command.showActions,
];

/**
 * What the status bar item shows when hovered. Whatever does not come from us is added as plain text:
 * an address from the settings must not become a link or a command.
 */
export function statusTooltip(
  report: HealthReport,
  { clients, findings, earlier }: StatusDetails,
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = { enabledCommands: LINKED };
  const paragraph = (text: string) => tooltip.appendMarkdown(`${plainText(text)}\n\n`);
  tooltip.appendMarkdown("**TokenPool** — ");
  paragraph(describeHealth(report, findings.usedUp));
  paragraph(report.endpoint);
  if (report.phases.totalMs > 0) {
    tooltip.appendMarkdown(phaseTable(report.phases));
    const time = new Date(report.checkedAt).toLocaleTimeString(vscode.env.language);
    paragraph(vscode.l10n.t("Checked at {0}", time));
  }
  if (findings.usage) {
    const lines = describeUsage(findings.usage, vscode.env.language);
    if (lines.length > 0) paragraph(lines.join(" · "));
  }
  const switchTo = workingEndpoint(report, findings);
  if (switchTo) {
    paragraph(vscode.l10n.t("{0} answers from here.", new URL(switchTo).host));
    tooltip.appendMarkdown(
      `[${vscode.l10n.t("Use the Other Endpoint")}](command:${Command.selectEndpoint})\n\n`,
    );
  }
  if (earlier.length > 1) paragraph(earlier.map(describeEarlier).join(" · "));
  if (clients.use.length > 0) paragraph(clients.use.map(describeClient).join(" · "));
  for (const { message } of clients.drift) paragraph(message);
  const link = (command: Command, text: string) => `[${text}](command:${command})`;
  const links = [
    link(Command.checkHealth, vscode.l10n.t("Check Now")),
    link(Command.troubleshoot, vscode.l10n.t("Troubleshoot")),
    link(Command.selectEndpoint, vscode.l10n.t("Select Endpoint")),
    link(Command.setApiKey, vscode.l10n.t("Set API Key")),
    link(Command.showActions, vscode.l10n.t("More…")),
  ];
  return tooltip.appendMarkdown(`---\n\n${links.join(" · ")}`);
}

function describeEarlier(report: HealthReport): string {
  const time = new Date(report.checkedAt).toLocaleTimeString(vscode.env.language);
  // The label of this state is what to do.
  const label = report.state === "noKey" ? vscode.l10n.t("No Key") : textsOf(report).label;
  return `${time} ${label || vscode.l10n.t("works")}`;
}

function describeClient({ name, usesTokenPool }: ClientUse): string {
  return usesTokenPool ? vscode.l10n.t("{0}: TokenPool", name) : vscode.l10n.t("{0}: not configured", name);
}

function phaseTable(phases: HealthPhases): string {
  const rows = [...namedPhases(phases), { name: vscode.l10n.t("Total"), ms: phases.totalMs }];
  const lines = rows.map(({ name, ms }) => `| ${name} | ${ms} ms |`);
  return `| | |\n|---|---:|\n${lines.join("\n")}\n\n`;
}
