import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as l10n from "@vscode/l10n";
import type { KeyEdit } from "../../changes/document/edits/keyEdit";
import { valueAt } from "../../changes/document/valueAt";
import type { ChangePlan, EditedFile, FileChange } from "../../changes/plan";
import { Refusal } from "../../changes/refusal";
import type { ClientFile } from "../../clients/configFile";
import { withoutSecrets } from "../redact";
import { type Snapshot, statesIn } from "../snapshot/snapshot";

/** Whoever wants to know more sees it in the preview. */
const MOST_SENTENCES = 6;

/** What a fix will do to which file, a sentence for each change; localised, without any secret. */
export function describeFix(fix: () => ChangePlan, snapshot: Snapshot): string[] {
  const secrets = [snapshot.apiKey, ...statesIn(snapshot).map(({ apiKey }) => apiKey)];
  const plan = planOf(fix);
  const sentences = (plan?.files ?? []).flatMap((file) =>
    describeFile(file, documentOf(snapshot, file.path), plan),
  );
  const shown = sentences.slice(0, MOST_SENTENCES).map((each) => withoutSecrets(each, secrets));
  const more = sentences.length - shown.length;
  return more > 0 ? [...shown, l10n.t("More changes: {0}", more)] : shown;
}

/** What is refused is told of when somebody wants it. */
function planOf(fix: () => ChangePlan): ChangePlan | undefined {
  try {
    return fix();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function describeFile(file: FileChange, document: unknown, plan: ChangePlan | undefined): string[] {
  const name = basename(file.path);
  if (file.kind === "edit") return file.edits.flatMap((edit) => describeEdit(file, edit, document, name));
  if (file.content === undefined) return [l10n.t("Delete {0}", name)];
  if (file.credential) return [l10n.t("Write your API key to {0}", name)];
  // A file of no client's, such as one of Git's, says little by its name.
  return [plan && plan.client === undefined ? plan.title : l10n.t("Rewrite {0}", name)];
}

/** Nothing is said of a key that is as it should be. */
function describeEdit(file: EditedFile, edit: KeyEdit, document: unknown, name: string): string[] {
  const key = edit.path.join(".");
  const now = valueAt(document, edit.path);
  if (edit.kind === "remove") return now === undefined ? [] : [l10n.t("Remove {0} from {1}", key, name)];
  if (edit.kind === "setRaw") return [l10n.t("Set {0} in {1}", key, name)];
  if (isDeepStrictEqual(now, edit.value)) return [];
  if (edit.secret) return [l10n.t("Write your API key to {0}", name)];
  const isShown = !file.credential && typeof edit.value !== "object";
  return isShown
    ? [l10n.t("Set {0} to {1} in {2}", key, JSON.stringify(edit.value), name)]
    : [l10n.t("Set {0} in {1}", key, name)];
}

function documentOf(snapshot: Snapshot, path: string): unknown {
  const { codex, opencode, opencodeAuth, codexProfiles, projectFiles } = snapshot;
  const files: readonly Pick<ClientFile, "path" | "document">[] = [
    codex.config,
    codex.auth,
    ...opencode.layers,
    opencodeAuth,
    ...codexProfiles,
    ...projectFiles.codex,
    ...projectFiles.opencode,
  ];
  return files.find((file) => file.path === path)?.document;
}
