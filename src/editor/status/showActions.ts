import * as vscode from "vscode";
import { configureCommand, openCommand } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import type { Noted } from "../../doctor/overview/noted";
import { isCounted, type NextStep } from "../../doctor/overview/nextStep";
import { API_KEYS_CONSOLE_URL } from "../../gateway/endpoints";
import { Command } from "../../ids";
import { showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";
import { readingOnce } from "../clientCommands/readingOnce";
import { switchEndpoint } from "../setUp/selectEndpoint";
import { offerOf, type StepOffer } from "./stepOffer";

interface Entry extends vscode.QuickPickItem {
  readonly run?: (services: Services) => unknown;
}

/** What a click on the status bar item offers: the next sensible step first, then everything one may want to do. */
export async function showActions(services: Services): Promise<void> {
  const { overview } = services.status;
  const first = firstSteps(services);
  const known = first.map(({ label }) => label);
  const groups = [first, ...GROUPS.map((group) => group().filter(({ label }) => !known.includes(label)))];
  const choice = await showQuickPick(groups.flatMap(separated), {
    title: vscode.l10n.t("TokenPool"),
    placeHolder: overview.sentence,
  });
  await choice?.run?.(services);
}

/** The step that the hover names too, and each single fix where several problems can be fixed. */
function firstSteps({ status, health }: Services): Entry[] {
  const { next } = status.overview;
  const drift = (status.noted?.problems ?? []).filter((each) => each.isDrift && !isCounted(each));
  const steps: NextStep[] = [
    ...(next ? [next] : []),
    ...drift.flatMap((each) => (each.fixTitle === undefined ? [] : [{ do: "fix", problem: each } as const])),
  ];
  const offered = steps.map((step) => entryOf(step, health.report?.endpoint ?? ""));
  return [...offered, ...startsOf(status.noted), ...wayBackOf(status.noted)];
}

/** What works is there to be used. */
function startsOf(noted: Noted | undefined): Entry[] {
  const working = (noted?.clients ?? []).filter(({ use }) => use === "works");
  return working.map(({ id, name }) =>
    action(vscode.l10n.t("Open {0} in Terminal", name), "terminal", openCommand(id)),
  );
}

/** The other way is the next step itself. */
function wayBackOf(noted: Noted | undefined): Entry[] {
  if (noted?.wayBack !== "chatGpt") return [];
  const run = async (services: Services) =>
    (await import("./chatGptLogin")).useChatGptAgain(readingOnce(services));
  return [
    {
      label: vscode.l10n.t("Use ChatGPT Login Again"),
      description: "Codex",
      iconPath: new vscode.ThemeIcon("discard"),
      run,
    },
  ];
}

function entryOf(step: NextStep, endpoint: string): Entry {
  const entry = toEntry(offerOf(step));
  switch (step.do) {
    case "switchEndpoint": {
      const run = (services: Services) => switchEndpoint(services, step.baseUrl);
      return { ...entry, description: vscode.l10n.t("answers from here"), run };
    }
    case "useTokenPoolAgain": {
      const run = async (services: Services) =>
        (await import("./chatGptLogin")).useTokenPoolAgain(readingOnce(services));
      return { ...entry, description: "Codex", run };
    }
    case "fix":
      return { ...entry, detail: step.problem.message };
    case "checkHealth":
      return { ...entry, description: endpoint };
    default:
      return entry;
  }
}

function toEntry({ label, icon, command, argument }: StepOffer): Entry {
  return {
    label,
    iconPath: new vscode.ThemeIcon(icon),
    run: () => vscode.commands.executeCommand(command, ...(argument === undefined ? [] : [argument])),
  };
}

function separated(group: readonly Entry[]): Entry[] {
  return group.length === 0 ? [] : [...group, { label: "", kind: vscode.QuickPickItemKind.Separator }];
}

/** By what they are about: the state, the clients, the connection, help. */
const GROUPS: readonly (() => Entry[])[] = [
  () => [
    action(vscode.l10n.t("Check Now"), "pulse", Command.checkHealth),
    action(vscode.l10n.t("Open Troubleshooting"), "tools", Command.troubleshoot),
    action(vscode.l10n.t("Explain an Error…"), "question", Command.explainError),
    action(vscode.l10n.t("Send a Test Request"), "beaker", Command.sendTestRequest),
  ],
  () => [
    action(vscode.l10n.t("Set Up…"), "rocket", Command.setUp),
    ...Object.values(CLIENTS).map(({ id, name }) =>
      action(vscode.l10n.t("Configure {0}", name), "gear", configureCommand(id)),
    ),
    action(vscode.l10n.t("Add to CC Switch…"), "export", Command.addToCcSwitch),
    action(vscode.l10n.t("Restore Previous Configuration…"), "discard", Command.restoreConfiguration),
    action(vscode.l10n.t("Remove TokenPool from a Client…"), "trash", Command.removeConfiguration),
  ],
  () => [
    action(vscode.l10n.t("Set API Key…"), "key", Command.setApiKey),
    action(vscode.l10n.t("Switch API Key…"), "key", Command.selectApiKey),
    action(vscode.l10n.t("Replace a Leaked or Old Key…"), "shield", Command.replaceApiKey),
    action(vscode.l10n.t("Select Endpoint…"), "globe", Command.selectEndpoint),
    action(vscode.l10n.t("Select Model…"), "sparkle", Command.selectModel),
    {
      ...action(vscode.l10n.t("Open API Keys Console"), "link-external", Command.openConsole),
      description: API_KEYS_CONSOLE_URL,
    },
  ],
  () => [
    action(vscode.l10n.t("Get Started"), "book", Command.getStarted),
    action(vscode.l10n.t("Copy Diagnostic Report"), "clippy", Command.copyReport),
    action(vscode.l10n.t("Show Log"), "output", Command.showLog),
  ],
];

function action(label: string, icon: string, command: Command): Entry {
  return toEntry({ label, icon, command });
}
