import * as l10n from "@vscode/l10n";
import type { ChangePlan } from "../../changes/plan";
import { type KeyEdit, type KeyPath, samePath } from "../../changes/document/edits/keyEdit";
import { readDocument } from "../../changes/document/readDocument";
import { valueAt } from "../../changes/document/valueAt";
import { isTokenPoolBaseUrl } from "../../gateway/endpoints";
import type { OriginalValues } from "../client";
import { type ClientFile, stringAt } from "../configFile";
import { restoreEdit } from "../restoreEdit";
import { refuseRemoval } from "./ccSwitch/ccSwitchNotices";
import { type CodexState, PROVIDER_PATH } from "./state/state";
import { changeOfConfig, OUTRANKING_KEYS } from "./configure";

/** Settings beside the provider that configuring may have written. */
const SETTINGS = ["cli_auth_credentials_store", "model", "review_model", "disable_response_storage"].map(
  (key) => [key],
);

/** What configuring writes into the provider's table. */
const WRITTEN_KEYS = ["name", "base_url", "wire_api", "requires_openai_auth"];

const CHOICE = ["model_provider"];
const ADDRESS = [...PROVIDER_PATH, "base_url"];

/**
 * Takes TokenPool out of Codex. config.toml goes first: once the key is gone, a ChatGPT login may come
 * back into charge, and its token must not find the gateway configured.
 */
export function planRemoval(state: CodexState, originals: OriginalValues): ChangePlan {
  const { config, auth } = state;
  const problem = config.problem ?? auth.problem;
  if (problem) throw problem;
  refuseRemoval(state);
  const configEdits = state.hasOurProvider || state.usesTokenPool ? editsOfConfig(state, originals) : [];
  const endsConversations = configEdits.some(({ path }) => samePath(path, PROVIDER_PATH));
  return {
    client: "codex",
    title: l10n.t("Remove TokenPool from Codex"),
    files: [
      { ...changeOfConfig(config), edits: configEdits, deleteWhenEmpty: true },
      {
        kind: "edit",
        path: auth.path,
        format: "json",
        credential: true,
        edits: editsOfAuth(auth, originals),
        deleteWhenEmpty: true,
      },
    ],
    notices: endsConversations
      ? [
          l10n.t(
            "Codex cannot continue conversations that were started with TokenPool until it is configured again.",
          ),
        ]
      : [],
  };
}

function editsOfConfig(state: CodexState, originals: OriginalValues): KeyEdit[] {
  const { config } = state;
  const back = (paths: readonly KeyPath[]) =>
    paths.flatMap((path) => restoreEdit(config, path, originals) ?? []);
  const settings = back(SETTINGS);
  const earlierTable = editsOfEarlierTable(config, originals);
  if (earlierTable) return [...back([CHOICE]), ...settings, ...earlierTable];
  // The whole table: what is left of it without a name and an address would keep Codex from starting.
  const table = state.hasOurProvider ? [{ kind: "remove", path: PROVIDER_PATH } as const] : [];
  return [...editsOfChoice(state, originals), ...settings, ...table];
}

/**
 * A provider that leads to TokenPool is in use no longer, whoever made it: a ChatGPT login may come back. Nor is
 * one that goes, because Codex would not start.
 */
function editsOfChoice({ config, usesTokenPool }: CodexState, originals: OriginalValues): KeyEdit[] {
  if (!usesTokenPool) return [];
  const edit = restoreEdit(config, CHOICE, originals);
  const leadsAway = edit?.kind === "setRaw" && valueOf(edit.raw) !== stringAt(config, CHOICE);
  return [leadsAway ? edit : { kind: "remove", path: CHOICE }];
}

/** The table as it was when it led to another gateway; undefined where it never did. */
function editsOfEarlierTable(config: ClientFile, originals: OriginalValues): KeyEdit[] | undefined {
  const address = restoreEdit(config, ADDRESS, originals);
  const earlier = address?.kind === "setRaw" ? String(valueOf(address.raw)) : undefined;
  if (earlier === undefined || isTokenPoolBaseUrl(earlier, stringAt(config, ADDRESS) ?? "")) return undefined;
  const inTable = (key: string) => [...PROVIDER_PATH, key];
  return [
    ...WRITTEN_KEYS.map(inTable).flatMap((path) => restoreEdit(config, path, originals) ?? []),
    ...OUTRANKING_KEYS.map(inTable).flatMap((path) => {
      const original = originals(config, path, valueAt(config.document, path));
      if (original === undefined || original === "absent") return [];
      return [{ ...original, kind: "setRaw", path } as const];
    }),
  ];
}

function valueOf(raw: string): unknown {
  return valueAt(readDocument("toml", `value = ${raw}`), ["value"]);
}

function editsOfAuth(auth: ClientFile, originals: OriginalValues): KeyEdit[] {
  const key = restoreEdit(auth, ["OPENAI_API_KEY"], originals);
  if (!key) return [];
  // "apikey" without a key would keep Codex from asking for a login.
  const isAlone = key.kind === "remove" && stringAt(auth, ["auth_mode"]) === "apikey";
  const mode =
    restoreEdit(auth, ["auth_mode"], originals) ??
    (isAlone ? ({ kind: "remove", path: ["auth_mode"] } as const) : undefined);
  return mode ? [key, mode] : [key];
}
