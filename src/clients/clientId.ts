import { Command, Setting } from "../ids";

/** Every client by its id, and what VS Code, its users and other programs know it by. */
const IN_VSCODE = {
  codex: {
    configure: Command.configureCodex,
    open: Command.openCodex,
    directory: Setting.codexHome,
  },
  opencode: {
    configure: Command.configureOpenCode,
    open: Command.openOpenCode,
    directory: Setting.opencodeConfigDirectory,
  },
} as const;

export type ClientId = keyof typeof IN_VSCODE;
export type ConfigureCommand = (typeof IN_VSCODE)[ClientId]["configure"];
export type OpenCommand = (typeof IN_VSCODE)[ClientId]["open"];

export const CLIENT_IDS = Object.keys(IN_VSCODE) as readonly ClientId[];

/** Narrows what other programs pass as a client's name. */
export function isClientId(value: unknown): value is ClientId {
  return CLIENT_IDS.some((id) => id === value);
}

/** The command that configures a client. */
export function configureCommand(id: ClientId): ConfigureCommand {
  return IN_VSCODE[id].configure;
}

/** The command that opens a client in a terminal. */
export function openCommand(id: ClientId): OpenCommand {
  return IN_VSCODE[id].open;
}

/** The setting that says where a client has its files. */
export function directorySetting(id: ClientId): string {
  return IN_VSCODE[id].directory;
}

/** One value for each client. */
export function forEachClient<T>(make: (id: ClientId) => T): Readonly<Record<ClientId, T>> {
  return Object.fromEntries(CLIENT_IDS.map((id) => [id, make(id)])) as Record<ClientId, T>;
}
