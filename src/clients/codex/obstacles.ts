import * as l10n from "@vscode/l10n";
import type { KeyEdit } from "../../changes/document/edits/keyEdit";
import { valueAt } from "../../changes/document/valueAt";
import type { Obstacle } from "../client";
import { type ClientFile, stringAt } from "../configFile";
import type { CodexState } from "./state/state";

/** Settings that keep Codex from reading auth.json, make it delete the file, or keep it from starting. */
export function obstacles({ config, system }: CodexState): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const add = (code: string, key: string, fixing: string) =>
    found.push({ code, path: config.path, key: [key], fixing });
  const storeIn = (file: ClientFile | undefined) => file && stringAt(file, ["cli_auth_credentials_store"]);
  // A default of the machine's gives way to the user's own line.
  const store = storeIn(config) ?? storeIn(system.defaults);
  if (store !== undefined && store !== "file") {
    const fixing = l10n.t("Codex reads its login from auth.json from now on, not from the system's keyring.");
    add("codex/keyring-store", "cli_auth_credentials_store", fixing);
  }
  if (stringAt(config, ["forced_login_method"]) === "chatgpt") {
    const fixing = l10n.t("Removes forced_login_method, with which Codex deletes the API key.");
    add("codex/forced-chatgpt-login", "forced_login_method", fixing);
  }
  if (valueAt(config.document, ["profile"]) !== undefined) {
    const fixing = l10n.t("Removes profile, with which current versions of Codex do not start.");
    add("codex/legacy-profile", "profile", fixing);
  }
  return found;
}

/** The edits that take the obstacles away. */
export function fixingEdits(state: CodexState): KeyEdit[] {
  return obstacles(state).map(({ code, key }) =>
    code === "codex/keyring-store"
      ? { kind: "set", path: key, value: "file" }
      : { kind: "remove", path: key },
  );
}
