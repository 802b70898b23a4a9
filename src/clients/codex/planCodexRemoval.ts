import * as l10n from "@vscode/l10n";
import type { ChangePlan } from "../../changes/changePlan";
import type { KeyEdit } from "../../changes/keyEdit";
import type { OriginalValues } from "../client";
import { type ClientFile, stringAt } from "../clientFile";
import { putBack } from "../putBack";
import { type CodexState, PROVIDER_ID, PROVIDER_PATH } from "./codexState";
import { changeOfConfig } from "./planCodex";

/**
 * Takes TokenPool out of Codex. config.toml goes first: once the key is gone, a ChatGPT login may come
 * back into charge, and its token must not find the gateway configured.
 */
export function planRemoval(state: CodexState, originals: OriginalValues): ChangePlan {
  const { config, auth } = state;
  const problem = config.problem ?? auth.problem;
  if (problem) throw problem;
  const configEdits = state.usesTokenPool ? editsOfConfig(config, originals) : [];
  const authEdits = editsOfAuth(auth, originals);
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
        edits: authEdits,
        deleteWhenEmpty: true,
      },
    ],
    notices: state.usesTokenPool
      ? [
          l10n.t(
            "Codex cannot continue conversations that were started with TokenPool until it is configured again.",
          ),
        ]
      : [],
  };
}

function editsOfConfig(config: ClientFile, originals: OriginalValues): KeyEdit[] {
  const edits: KeyEdit[] = [];
  if (stringAt(config, ["model_provider"]) === PROVIDER_ID) {
    edits.push(
      putBack(config, ["model_provider"], originals) ?? { kind: "remove", path: ["model_provider"] },
    );
  }
  for (const key of ["model", "review_model", "disable_response_storage"]) {
    const edit = putBack(config, [key], originals);
    if (edit) edits.push(edit);
  }
  // The whole table: what is left of it without a name and an address would keep Codex from starting.
  edits.push({ kind: "remove", path: PROVIDER_PATH });
  return edits;
}

function editsOfAuth(auth: ClientFile, originals: OriginalValues): KeyEdit[] {
  const key = putBack(auth, ["OPENAI_API_KEY"], originals);
  if (!key) return [];
  // "apikey" without a key would keep Codex from asking for a login.
  const isAlone = key.kind === "remove" && stringAt(auth, ["auth_mode"]) === "apikey";
  const mode =
    putBack(auth, ["auth_mode"], originals) ??
    (isAlone ? ({ kind: "remove", path: ["auth_mode"] } as const) : undefined);
  return mode ? [key, mode] : [key];
}
