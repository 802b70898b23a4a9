import * as vscode from "vscode";
import { configureCommand } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import { type Action, type OwnAction, readAction } from "../../doctor/action";
import { DOCUMENTATION_URL } from "../../gateway/endpoints";
import { Command } from "../../ids";
import { buildPanel, type Panel } from "../../panel/buildPanel";
import type { FilePlace } from "../../panel/filePlace";
import type { Services } from "../services";

/** What the buttons of the panel do; the page can only choose from this list. */
const ACTIONS: Readonly<Record<OwnAction, () => Thenable<unknown>>> = {
  setUp: () => vscode.commands.executeCommand(Command.setUp),
  setApiKey: () => vscode.commands.executeCommand(Command.setApiKey),
  selectApiKey: () => vscode.commands.executeCommand(Command.selectApiKey),
  replaceApiKey: () => vscode.commands.executeCommand(Command.replaceApiKey),
  selectEndpoint: () => vscode.commands.executeCommand(Command.selectEndpoint),
  checkHealth: () => vscode.commands.executeCommand(Command.checkHealth),
  fixAll: () => vscode.commands.executeCommand(Command.fixAll),
  addToCcSwitch: () => vscode.commands.executeCommand(Command.addToCcSwitch, { client: "codex" }),
  chooseModel: () => vscode.commands.executeCommand(Command.selectModel),
  unstageKey: () => vscode.commands.executeCommand(Command.unstageKey),
  openConsole: () => vscode.commands.executeCommand(Command.openConsole),
  openDocumentation: () => open(DOCUMENTATION_URL),
  showLog: () => vscode.commands.executeCommand(Command.showLog),
};

export function runAction(action: Action): Thenable<unknown> {
  const read = readAction(action);
  if (read.own !== undefined) return ACTIONS[read.own]();
  return read.verb === "configure"
    ? vscode.commands.executeCommand(configureCommand(read.client))
    : open(CLIENTS[read.client].installUrl);
}

/** Looks at the machine for the panel. */
export async function loadPanel(services: Services, depth: "files" | "asked"): Promise<Panel> {
  const { homeDirectory } = services.environment();
  const look = await services.diagnosis.look(depth);
  return buildPanel(look, {
    checking: (depth === "files" && !services.diagnosis.knowsAll(look)) || services.health.checking,
    homeDirectory,
    keychainError: services.health.keychainError,
  });
}

/** Fixes a problem that the panel shows. By the command, which says what it refuses. */
export function applyProblemFix(id: string): Thenable<unknown> {
  return vscode.commands.executeCommand(Command.applyFix, { id });
}

export async function openPlace({ path, range }: FilePlace): Promise<void> {
  const options: vscode.TextDocumentShowOptions = range
    ? { selection: new vscode.Range(range.line, range.column, range.endLine, range.endColumn) }
    : {};
  await vscode.window.showTextDocument(vscode.Uri.file(path), options);
}

function open(url: string): Thenable<boolean> {
  return vscode.env.openExternal(vscode.Uri.parse(url));
}
