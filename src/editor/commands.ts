import * as vscode from "vscode";
import {
  CLIENT_IDS,
  type ClientId,
  configureCommand,
  type ConfigureCommand,
  isClientId,
  openCommand,
  type OpenCommand,
} from "../clients/clientId";
import { API_KEYS_CONSOLE_URL } from "../gateway/endpoints";
import { Command } from "../ids";
import type { ConfigureResult } from "./clientCommands/configureResult";
import { movingUntilShown } from "./messages/plainWindow";
import type { Services } from "./services";

/** Commands that ChangePreview registers itself, because they only answer its question. */
type PreviewCommand = `${string}Preview` & Command;
type Handler = (services: Services, argument: unknown) => unknown;

/**
 * Every command and what it loads on first use. Arguments come from keybindings, tasks and other
 * extensions, so nothing about them is taken for granted.
 */
const HANDLERS: Record<Exclude<Command, PreviewCommand | ConfigureCommand | OpenCommand>, Handler> = {
  [Command.setUp]: reading(async (services) => (await import("./setUp/setUp")).setUp(services)),
  [Command.setApiKey]: reading(async (services) => (await import("./setUp/setApiKey")).setApiKey(services)),
  [Command.selectApiKey]: reading(async (services) =>
    (await import("./keys/selectApiKey")).selectApiKey(services),
  ),
  [Command.removeApiKey]: reading(async (services) =>
    (await import("./setUp/removeApiKey")).removeApiKey(services),
  ),
  [Command.replaceApiKey]: reading(async (services) =>
    (await import("./setUp/replaceApiKey")).replaceApiKey(services),
  ),
  [Command.addToCcSwitch]: async (services, argument) => {
    const [client, confirm] = [clientOf(argument), confirmOf(argument)];
    // One that we do not know is none left out: then it would be Codex.
    if (!client && !confirm && member(argument, "client") !== undefined) return { outcome: "refused" };
    return (await import("./clientCommands/ccSwitch/addToCcSwitch")).addToCcSwitch(services, client, confirm);
  },
  [Command.selectEndpoint]: reading(async (services) =>
    (await import("./setUp/selectEndpoint")).selectEndpoint(services),
  ),
  [Command.selectModel]: reading(async (services) =>
    (await import("./setUp/selectModel")).selectModel(services),
  ),
  [Command.sendTestRequest]: async (services, argument) =>
    (await import("./helpCommands/sendTestRequest")).sendTestRequest(services, confirmOf(argument)),
  [Command.troubleshoot]: (services) => services.troubleshoot(),
  [Command.diagnose]: async (services, argument) =>
    (await import("./helpCommands/diagnose")).runDiagnostics(services, confirmOf(argument)),
  [Command.copyReport]: async (services, argument) =>
    (await import("./helpCommands/diagnose")).copyReport(services, confirmOf(argument)),
  [Command.applyFix]: refusing(async (services, argument) =>
    (await import("./clientCommands/applyFix")).applyFix(
      services,
      { id: member(argument, "id"), code: member(argument, "code"), path: member(argument, "path") },
      confirmOf(argument),
    ),
  ),
  [Command.fixAll]: refusing(async (services, argument) =>
    (await import("./clientCommands/fixAll")).fixAll(services, confirmOf(argument)),
  ),
  [Command.explainError]: async (services, argument) =>
    (await import("./helpCommands/explainError")).explainError(services, member(argument, "text")),
  [Command.checkHealth]: async (services) =>
    (await import("./helpCommands/checkHealth")).checkHealth(services),
  [Command.removeConfiguration]: refusing(async (services, argument) =>
    (await import("./clientCommands/removeConfiguration")).removeConfiguration(
      services,
      clientOf(argument),
      confirmOf(argument),
    ),
  ),
  [Command.restoreConfiguration]: refusing(async (services, argument) =>
    (await import("./clientCommands/restoreConfiguration")).restoreConfiguration(
      services,
      clientOf(argument),
      confirmOf(argument),
    ),
  ),
  [Command.unstageKey]: async (services, argument) => services.secretGuard.unstage(member(argument, "path")),
  [Command.getStarted]: async () => (await import("./helpCommands/getStarted")).getStarted(),
  [Command.openConsole]: () => vscode.env.openExternal(vscode.Uri.parse(API_KEYS_CONSOLE_URL)),
  [Command.showLog]: (services) => services.log.show(),
  [Command.showActions]: async (services) => (await import("./status/showActions")).showActions(services),
};

export function registerCommands(services: Services): vscode.Disposable[] {
  const ofClients = CLIENT_IDS.flatMap((id) => [configuring(id), opening(id)]);
  return [...Object.entries(HANDLERS), ...ofClients].map(([id, handler]) =>
    vscode.commands.registerCommand(id, (argument: unknown) =>
      confirmOf(argument) ? movingUntilShown(() => handler(services, argument)) : handler(services, argument),
    ),
  );
}

function configuring(id: ClientId): [Command, Handler] {
  const handler: Handler = async (services, argument) =>
    (await import("./clientCommands/configureClient")).configureClient(services, id, confirmOf(argument));
  return [configureCommand(id), refusing(handler)];
}

function opening(id: ClientId): [Command, Handler] {
  const handler: Handler = async (services) =>
    (await import("./terminal/openClient")).openClient(services, id);
  return [openCommand(id), handler];
}

/** For commands that change files: each file is read once for whatever they ask of it. */
function reading(handler: Handler): Handler {
  return async (services, argument) => {
    const { readingOnce } = await import("./clientCommands/readingOnce");
    return handler(readingOnce(services), argument);
  };
}

/** For commands that answer how a change went: whatever fails before the change, such as a journal that cannot be read. */
function refusing(handler: Handler): Handler {
  return async (services, argument) => {
    try {
      return await reading(handler)(services, argument);
    } catch (error) {
      const { refusalResult, showRefusal } = await import("./clientCommands/changeFlow");
      const refusal = refusalResult(error);
      services.log.error(error instanceof Error ? error : String(error));
      if (confirmOf(argument)) void showRefusal(refusal);
      const refused: ConfigureResult = { outcome: "refused", files: [], refusal, findings: [] };
      return refused;
    }
  };
}

function member(argument: unknown, name: string): unknown {
  return typeof argument === "object" && argument !== null
    ? (argument as Record<string, unknown>)[name]
    : undefined;
}

function confirmOf(argument: unknown): boolean {
  return member(argument, "confirm") !== false;
}

function clientOf(argument: unknown) {
  const client = member(argument, "client");
  return isClientId(client) ? client : undefined;
}
