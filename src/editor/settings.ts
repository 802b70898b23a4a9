import * as vscode from "vscode";
import { directorySetting, forEachClient } from "../clients/clientId";
import { type BaseUrlCheck, checkBaseUrl } from "../gateway/endpoints";
import { Setting } from "../ids";

/** All settings, read when used. None can be set by a workspace (scopes `machine` and `application`). */
export const settings = {
  /** The address as checked: whoever sends the key must look at `valid` first. */
  baseUrl: (): BaseUrlCheck => checkBaseUrl(text(Setting.baseUrl)),
  /** Empty where it cannot be used: then a client leads to TokenPool by an official address only. */
  usableBaseUrl: (): string => {
    const address = settings.baseUrl();
    return address.valid ? address.baseUrl : "";
  },
  /** The user has set the address, by a command or by hand. */
  isBaseUrlChosen: () =>
    vscode.workspace.getConfiguration().inspect(Setting.baseUrl)?.globalValue !== undefined,
  /** As the user typed it, for those who check it themselves. */
  rawBaseUrl: () => text(Setting.baseUrl),
  model: () => nonEmpty(Setting.model),
  reviewModel: () => nonEmpty(Setting.reviewModel),
  healthCheckEnabled: () => read(Setting.healthCheckEnabled) !== false,
  healthCheckIntervalMs: () => Math.max(1, Number(read(Setting.healthCheckInterval)) || 5) * 60_000,
  statusBarVisible: () => read(Setting.statusBarVisible) !== false,
  secretGuardEnabled: () => read(Setting.secretGuardEnabled) !== false,
  diagnosticsEnabled: () => read(Setting.diagnosticsEnabled) !== false,
  configuredDirectory: () => forEachClient((id) => text(directorySetting(id))),
  /** A setting of Codex's own extension, which works on Windows alone. */
  codexRunsInWsl: () =>
    process.platform === "win32" && read("chatgpt.runCodexInWindowsSubsystemForLinux") === true,
};

function text(id: string): string {
  const value = read(id);
  return typeof value === "string" ? value.trim() : "";
}

/** A setting that means nothing when it is empty: the default then, because clients would take "" for a value. */
function nonEmpty(id: string): string {
  return text(id) || (vscode.workspace.getConfiguration().inspect<string>(id)?.defaultValue ?? "");
}

/** Settings files are written by hand: a value of another type counts as the default would. */
function read(id: string): unknown {
  return vscode.workspace.getConfiguration().get(id);
}
