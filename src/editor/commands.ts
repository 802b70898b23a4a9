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
type Handler = (services: Services, given: Given) => unknown;

/** What a command was called with. */
interface Given {
  /** Undefined: none that we know. */
  readonly client: ClientId | undefined;
  readonly isOther: boolean;
  readonly confirm: boolean;
  readonly id: unknown;
  readonly code: unknown;
  readonly path: unknown;
  readonly text: unknown;
}

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
  [Command.addToCcSwitch]: async (services, { client, isOther, confirm }) => {
    // One that we do not know is none left out: then it would be Codex.
    if (isOther && !confirm) return { outcome: "refused" };
    return (await import("./clientCommands/ccSwitch/addToCcSwitch")).addToCcSwitch(services, client, confirm);
  },
  [Command.selectEndpoint]: reading(async (services) =>
    (await import("./setUp/selectEndpoint")).selectEndpoint(services),
  ),
  [Command.selectModel]: reading(async (services) =>
    (await import("./setUp/selectModel")).selectModel(services),
  ),
  [Command.sendTestRequest]: async (services, { confirm }) =>
    (await import("./helpCommands/sendTestRequest")).sendTestRequest(services, confirm),
  [Command.troubleshoot]: (services) => services.troubleshoot(),
  [Command.diagnose]: async (services, { confirm }) =>
    (await import("./helpCommands/diagnose")).runDiagnostics(services, confirm),
  [Command.copyReport]: async (services, { confirm }) =>
    (await import("./helpCommands/diagnose")).copyReport(services, confirm),
  [Command.applyFix]: refusing(async (services, { id, code, path, confirm }) =>
    (await import("./clientCommands/applyFix")).applyFix(services, { id, code, path }, confirm),
  ),
  [Command.fixAll]: refusing(async (services, { confirm }) =>
    (await import("./clientCommands/fixAll")).fixAll(services, confirm),
  ),
  [Command.explainError]: async (services, { text, confirm }) =>
    (await import("./helpCommands/explainError")).explainError(services, text, confirm),
  [Command.checkHealth]: async (services) =>
    (await import("./helpCommands/checkHealth")).checkHealth(services),
  [Command.removeConfiguration]: refusing(async (services, { client, confirm }) =>
    (await import("./clientCommands/removeConfiguration")).removeConfiguration(services, client, confirm),
  ),
  [Command.restoreConfiguration]: refusing(async (services, { client, confirm }) =>
    (await import("./clientCommands/restoreConfiguration")).restoreConfiguration(services, client, confirm),
  ),
  [Command.unstageKey]: async (services, { path }) => services.secretGuard.unstage(path),
  [Command.getStarted]: async () => (await import("./helpCommands/getStarted")).getStarted(),
  [Command.openConsole]: () => vscode.env.openExternal(vscode.Uri.parse(API_KEYS_CONSOLE_URL)),
  [Command.showLog]: (services) => services.log.show(),
  [Command.showActions]: async (services) => (await import("./status/showActions")).showActions(services),
};

export function registerCommands(services: Services): vscode.Disposable[] {
  const ofClients = CLIENT_IDS.flatMap((id) => [configuring(id), opening(id)]);
  return [...Object.entries(HANDLERS), ...ofClients].map(([id, handler]) =>
    vscode.commands.registerCommand(id, (argument: unknown) => {
      const given = givenBy(argument);
      return given.confirm ? movingUntilShown(() => handler(services, given)) : handler(services, given);
    }),
  );
}

function configuring(id: ClientId): [Command, Handler] {
  const handler: Handler = async (services, { confirm }) =>
    (await import("./clientCommands/configureClient")).configureClient(services, id, confirm);
  return [configureCommand(id), refusing(handler)];
}

function opening(id: ClientId): [Command, Handler] {
  const handler: Handler = async (services) =>
    (await import("./terminal/openClient")).openClient(services, id);
  return [openCommand(id), handler];
}

/** For commands that change files: each file is read once for whatever they ask of it. */
function reading(handler: Handler): Handler {
  return async (services, given) => {
    const { readingOnce } = await import("./clientCommands/readingOnce");
    return handler(readingOnce(services), given);
  };
}

/** For commands that answer how a change went: whatever fails before the change, such as a journal that cannot be read. */
function refusing(handler: Handler): Handler {
  return async (services, given) => {
    try {
      return await reading(handler)(services, given);
    } catch (error) {
      const { refusalResult, showRefusal } = await import("./clientCommands/changeFlow");
      const refusal = refusalResult(error);
      services.log.error(error instanceof Error ? error : String(error));
      if (given.confirm) void showRefusal(refusal);
      const refused: ConfigureResult = { outcome: "refused", files: [], refusal, findings: [] };
      return refused;
    }
  };
}

/** Reads each member once: another extension's may be a getter, and answer "ask" only the second time. */
function givenBy(argument: unknown): Given {
  const members = typeof argument === "object" && argument !== null ? argument : {};
  const { client, confirm, ...rest } = pick(members as Record<string, unknown>);
  const known = isClientId(client) ? client : undefined;
  return { ...rest, client: known, isOther: client !== undefined && !known, confirm: confirm !== false };
}

function pick({ client, confirm, id, code, path, text }: Record<string, unknown>) {
  return { client, confirm, id, code, path, text };
}
