import type { ConfigValue } from "../../../changes/document/edits/keyEdit";
import { stringAt } from "../../../clients/configFile";
import { modelEntry } from "../../../clients/opencode/models/modelEntry";
import { isOurModel, PROVIDER_ID } from "../../../clients/opencode/state/provider";
import { winner } from "../../../clients/opencode/state/state";
import { problem, type Rule } from "../../problem";
import type { Snapshot } from "../../snapshot/snapshot";
import { wantsTokenPool } from "../../snapshot/ourAddress";
import { placeOf } from "../place";
import { codexConfigFix, opencodeConfigFix, type Fix } from "../fix";

/** The models of the settings, by the list of the gateway or by what the last check made of it. */
const chosenModels: Rule = ({ model, reviewModel, offeredModels, health }) => {
  const refused = offeredModels === undefined && health[0]?.code === "account/model-unavailable";
  const chosen = [...new Set([model, reviewModel])];
  const missing = refused ? chosen : chosen.filter((each) => offeredModels?.includes(each) === false);
  return missing.length > 0 ? [problem("account/model-unavailable", { evidence: missing.join(", ") })] : [];
};

/** Names that Codex's start screen offers; it then writes the new one into config.toml. */
const OPENAI_MODEL = /^(?:gpt|codex|o\d)-/;

/** The chosen model is offered, but Codex has another of OpenAI's that is not. */
const migratedModel: Rule = (snapshot) => {
  const { codex, model } = snapshot;
  const migrated = migratedTo(snapshot);
  if (migrated === undefined) return [];
  return [
    problem("codex/model-migrated", {
      client: "codex",
      ...placeOf(codex.config, ["model"], "value"),
      evidence: migrated,
      ...ifOffered(
        snapshot,
        codexConfigFix(codex, "codex/model-migrated", [
          { kind: "set", path: ["model"], value: model },
          // Only with the exact name does Codex take the offer for seen.
          { kind: "set", path: ["notice", "model_migrations", model], value: migrated },
        ]),
      ),
    }),
  ];
};

function migratedTo({ codex, model, offeredModels }: Snapshot): string | undefined {
  const configured = stringAt(codex.config, ["model"]) ?? "";
  if (!offeredModels?.includes(model) || !codex.usesTokenPool || offeredModels.includes(configured))
    return undefined;
  return OPENAI_MODEL.test(configured) ? configured : undefined;
}

const codexModels: Rule = (snapshot) => {
  const { codex, offeredModels } = snapshot;
  if (!offeredModels || !codex.usesTokenPool) return [];
  const wanted = { model: snapshot.model, review_model: snapshot.reviewModel };
  const wrong = Object.entries(wanted).filter(([key]) => {
    const configured = stringAt(codex.config, [key]);
    const isMigrated = key === "model" && migratedTo(snapshot) !== undefined;
    return configured !== undefined && !offeredModels.includes(configured) && !isMigrated;
  });
  return wrong.map(([key, value]) => {
    const edits = [{ kind: "set", path: [key], value } as const];
    return problem("account/model-unavailable", {
      client: "codex",
      at: key,
      ...placeOf(codex.config, [key], "value"),
      evidence: stringAt(codex.config, [key]) ?? "",
      ...ifOffered(snapshot, codexConfigFix(codex, "account/model-unavailable", edits)),
    });
  });
};

const opencodeModel: Rule = (snapshot) => {
  const { opencode, offeredModels, model } = snapshot;
  const { defaultModel } = opencode;
  const layer = winner(opencode.layers, ["model"]);
  if (!offeredModels || !layer || defaultModel === undefined || !isOurModel(defaultModel)) return [];
  const id = defaultModel.slice(PROVIDER_ID.length + 1);
  if (!wantsTokenPool(opencode) || offeredModels.includes(id)) return [];
  const value: ConfigValue = `${PROVIDER_ID}/${model}`;
  return [
    problem("account/model-unavailable", {
      client: "opencode",
      ...placeOf(layer, ["model"], "value"),
      evidence: id,
      ...ifOffered(
        snapshot,
        opencodeConfigFix(layer, "account/model-unavailable", [
          { kind: "set", path: ["model"], value },
          modelEntry(model),
        ]),
      ),
    }),
  ];
};

export const modelRules: readonly Rule[] = [chosenModels, migratedModel, codexModels, opencodeModel];

/** Only a model that is offered is written; else another one has to be chosen first. */
function ifOffered({ offeredModels, model, reviewModel }: Snapshot, fix: Fix): Fix {
  const isOffered = [model, reviewModel].every((each) => offeredModels?.includes(each));
  return isOffered ? fix : { action: "chooseModel" };
}
