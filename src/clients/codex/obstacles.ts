import type { KeyEdit } from "../../changes/document/edits/keyEdit";
import { valueAt } from "../../changes/document/valueAt";
import type { Obstacle } from "../client";
import { type ClientFile, stringAt } from "../configFile";
import type { CodexState } from "./state/state";

/** Settings that keep Codex from reading auth.json, make it delete the file, or keep it from starting. */
export function obstacles({ config, system }: CodexState): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const add = (code: string, key: string) => found.push({ code, path: config.path, key: [key] });
  const storeIn = (file: ClientFile | undefined) => file && stringAt(file, ["cli_auth_credentials_store"]);
  // A default of the machine's gives way to the user's own line.
  const store = storeIn(config) ?? storeIn(system?.defaults);
  if (store !== undefined && store !== "file") add("codex/keyring-store", "cli_auth_credentials_store");
  if (stringAt(config, ["forced_login_method"]) === "chatgpt")
    add("codex/forced-chatgpt-login", "forced_login_method");
  if (valueAt(config.document, ["profile"]) !== undefined) add("codex/legacy-profile", "profile");
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
