import type { KeyEdit, KeyPath } from "../../changes/document/edits/keyEdit";
import { isObject, valueAt } from "../../changes/document/valueAt";
import type { ClientFile } from "../configFile";
import { isAtLeast } from "../machine/programVersions";

/** Settings of the top level that Codex 0.169 knows. In a table they mean nothing, or keep Codex from starting. */
const TOP_LEVEL = new Set([
  "model_provider",
  "model",
  "review_model",
  "approval_policy",
  "check_for_update_on_startup",
  "chatgpt_base_url",
  "cli_auth_credentials_store",
  "developer_instructions",
  "file_opener",
  "forced_login_method",
  "hide_agent_reasoning",
  "instructions",
  "model_auto_compact_token_limit",
  "model_catalog_json",
  "model_context_window",
  "model_instructions_file",
  "model_max_output_tokens",
  "model_reasoning_effort",
  "model_reasoning_summary",
  "model_supports_reasoning_summaries",
  "model_verbosity",
  "notify",
  "openai_base_url",
  "personality",
  "profile",
  "project_doc_max_bytes",
  "sandbox_mode",
  "service_tier",
  "show_raw_agent_reasoning",
  "tool_output_token_limit",
  "web_search",
]);

/** What gateways' instructions still list, and no version of Codex that we know reads at the top level. */
const DEAD = new Set(["network_access", "windows_wsl_setup_acknowledged", "preferred_auth_method"]);

/** The top level wants a word of them; as a switch they are a feature's or a tool's own. */
const WORDS = new Set(["personality", "web_search"]);

const RESPONSE_STORAGE = "disable_response_storage";

/** From this version on Codex ignores `disable_response_storage` and warns of it at every start. */
const IGNORES_RESPONSE_STORAGE = "0.169.0";

/** @param versions of Codex on the PATH */
export function ignoresResponseStorage(versions: readonly string[]): boolean {
  return versions.length > 0 && versions.every((version) => isAtLeast(version, IGNORES_RESPONSE_STORAGE));
}

/**
 * A block for the top level that was pasted at the end of the file, and so became part of the last table: the paths
 * of all settings of it.
 * @param isMeant tells from the value of `model_provider` in a table whether it is such a block
 */
export function fallenSettings(config: ClientFile, isMeant: (provider: string) => boolean): KeyPath[] {
  const table = tablesOf(config.document).find((path) => {
    const provider = valueAt(config.document, [...path, "model_provider"]);
    return path.length > 0 && typeof provider === "string" && isMeant(provider);
  });
  if (!table) return [];
  const names = Object.entries(valueAt(config.document, table) as object);
  return names.filter(([name, value]) => isFallen(table, name, value)).map(([name]) => [...table, name]);
}

function isFallen(table: KeyPath, name: string, value: unknown): boolean {
  const isSwitch = typeof value === "boolean";
  if (isSwitch && WORDS.has(name)) return false;
  // Features are switched on and off; one table of a sandbox knows the name.
  if (table[0] === "features") return !isObject(value) && !(isSwitch && !isSetting(name));
  if (name === "network_access" && table[0] === "sandbox_workspace_write" && isSwitch) return false;
  return isSetting(name);
}

function isSetting(name: string): boolean {
  return TOP_LEVEL.has(name) || DEAD.has(name) || name === RESPONSE_STORAGE;
}

/**
 * Takes the settings to where they count, unless something is set there or nothing reads them any more.
 * @param versions of Codex on the PATH
 */
export function editsOfFallen(
  config: ClientFile,
  fallen: readonly KeyPath[],
  versions: readonly string[],
): KeyEdit[] {
  return fallen.flatMap((path): KeyEdit[] => {
    const [value] = config.rawValuesAt(path);
    const name = path.slice(-1);
    const isRead =
      TOP_LEVEL.has(name[0] ?? "") || (name[0] === RESPONSE_STORAGE && !ignoresResponseStorage(versions));
    const isMoved = value && isRead && valueAt(config.document, name) === undefined;
    return [
      { kind: "remove", path },
      ...(isMoved ? [{ ...value, kind: "setRaw", path: name } as const] : []),
    ];
  });
}

/** Tables in which the settings have no meaning of their own. */
function tablesOf(document: unknown, path: KeyPath = []): KeyPath[] {
  if (!isObject(document) || path[0] === "profiles") return [];
  return [path, ...Object.entries(document).flatMap(([name, value]) => tablesOf(value, [...path, name]))];
}
