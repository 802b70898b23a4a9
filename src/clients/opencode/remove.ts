import * as l10n from "@vscode/l10n";
import type { ChangePlan, EditedFile } from "../../changes/plan";
import type { KeyEdit } from "../../changes/document/edits/keyEdit";
import { removalsWithEmptyParents } from "../../changes/document/edits/removals";
import { valueAt } from "../../changes/document/valueAt";
import type { OriginalValues } from "../client";
import { refuseUnread } from "../configFile";
import { restoreEdit } from "../restoreEdit";
import { isOurModel, PROVIDER_ID, PROVIDER_PATH } from "./state/provider";
import type { ConfigLayer, OpencodeState } from "./state/state";
import { changeOfConfig } from "./configure";

/**
 * Takes TokenPool out of every file OpenCode merges: what was the strongest one when we wrote it may
 * not be so any more. The key file goes last, because OpenCode does not start while it is referred to.
 */
export function planRemoval(
  { config, layers, keyFile }: OpencodeState,
  originals: OriginalValues,
): ChangePlan {
  refuseUnread(layers);
  const configs = layers
    .filter(({ editable }) => editable)
    .map((layer) => changeOfLayer(layer, originals))
    .filter(({ path, edits }) => edits.length > 0 || path === config.path);
  return {
    client: "opencode",
    title: l10n.t("Remove TokenPool from OpenCode"),
    files: keyFile.usedElsewhere
      ? configs
      : [...configs, { kind: "replace", path: keyFile.path, content: undefined, credential: true }],
    notices: keyFile.usedElsewhere
      ? [
          l10n.t(
            "{0} stays: OpenCode would not start, because its configuration still refers to it.",
            keyFile.path,
          ),
        ]
      : [],
  };
}

function changeOfLayer(layer: ConfigLayer, originals: OriginalValues): EditedFile {
  const schema = restoreEdit(layer, ["$schema"], originals);
  const edits = [
    ...["model", "small_model"].flatMap((key) => editsOfModel(layer, key, originals)),
    ...["enabled_providers", "disabled_providers"].flatMap(
      (key) => restoreEdit(layer, [key], originals) ?? [],
    ),
    ...(valueAt(layer.document, PROVIDER_PATH) === undefined
      ? []
      : removalsWithEmptyParents(layer.document, [PROVIDER_PATH])),
    ...(schema ? [schema] : []),
  ];
  // A file that had no $schema before us was made by us, or held nothing if nothing is left.
  return { ...changeOfConfig(layer, edits), deleteWhenEmpty: schema !== undefined };
}

function editsOfModel(layer: ConfigLayer, key: string, originals: OriginalValues): KeyEdit[] {
  if (!isOurModel(valueAt(layer.document, [key]))) return [];
  const edit = restoreEdit(layer, [key], originals);
  const leadsBackToUs = edit?.kind === "setRaw" && edit.raw.includes(`${PROVIDER_ID}/`);
  return [edit && !leadsBackToUs ? edit : { kind: "remove", path: [key] }];
}
