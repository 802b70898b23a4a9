import * as l10n from "@vscode/l10n";
import type { KeyEdit, KeyPath } from "../../../../changes/document/edits/keyEdit";
import { namesAt, valueAt } from "../../../../changes/document/valueAt";
import { stringAt } from "../../../../clients/configFile";
import type { CodexState } from "../../../../clients/codex/state/state";
import { inForce } from "../../../../clients/codex/state/systemLayers";
import { BUILT_IN_PROVIDERS, codexProviders } from "../../../snapshot/codexProvider";
import { type Problem, problem, type Rule } from "../../../problem";
import { isOurAddress, wantsTokenPool } from "../../../snapshot/ourAddress";
import { placeOf } from "../../place";
import { codexConfigFix } from "../../fix";

/** What Codex 0.169 demands of values around a provider; anything else keeps it from starting. */
const TOP_LEVEL_TYPES = { model: "string", review_model: "string", cli_auth_credentials_store: "string" };
const PROVIDER_TYPES = {
  name: "string",
  base_url: "string",
  wire_api: "string",
  env_key: "string",
  experimental_bearer_token: "string",
  requires_openai_auth: "boolean",
  supports_websockets: "boolean",
};

const wrongType: Rule = ({ codex }) => {
  if (!wantsTokenPool(codex)) return [];
  const tables: [KeyPath, Record<string, string>][] = [
    [[], TOP_LEVEL_TYPES],
    ...codexProviders(codex).map(({ path }): [KeyPath, Record<string, string>] => [path, PROVIDER_TYPES]),
  ];
  const wrong = tables.flatMap(([table, types]) =>
    Object.entries(types)
      .map(([name, type]) => ({
        key: [...table, name],
        type,
        value: valueAt(codex.config.document, [...table, name]),
      }))
      .filter(({ type, value }) => value !== undefined && typeof value !== type),
  );
  return wrong.map(({ key, type, value }) => {
    const isQuoted = type === "boolean" && (value === "true" || value === "false");
    const name = key.join(".");
    return invalid(codex, {
      at: name,
      ...placeOf(codex.config, key, "value"),
      message:
        type === "boolean"
          ? l10n.t("{0} must be true or false, without quotes; Codex does not start.", name)
          : l10n.t("{0} must be a string in quotes; Codex does not start.", name),
      ...(isQuoted &&
        codexConfigFix(codex, "codex/config-invalid", [{ kind: "set", path: key, value: value === "true" }])),
    });
  });
};

const namelessProvider: Rule = ({ codex }) => {
  if (!wantsTokenPool(codex)) return [];
  const nameless = codexProviders(codex).filter(({ id, path }) => {
    const name = inForce(codex.config, codex.system, [...path, "name"]);
    return (name === undefined || name === "") && !BUILT_IN_PROVIDERS.includes(id);
  });
  return nameless.map(({ id, path }) => {
    const key = [...path, "name"];
    const isEmpty = valueAt(codex.config.document, key) === "";
    return invalid(codex, {
      at: key.join("."),
      ...(isEmpty
        ? placeOf(codex.config, key, "value")
        : placeOf(codex.config, [...path, "base_url"], "key")),
      message: l10n.t('The provider "{0}" needs a name; Codex does not start.', id),
      ...codexConfigFix(codex, "codex/config-invalid", [{ kind: "set", path: key, value: id }]),
    });
  });
};

/** `[model_provider.x]` instead of `[model_providers.x]`. */
const singularTable: Rule = ({ codex, baseUrl }) => {
  const addressOf = (id: string) => stringAt(codex.config, ["model_provider", id, "base_url"]) ?? "";
  const ours = namesAt(codex.config.document, ["model_provider"]).filter((id) =>
    isOurAddress(addressOf(id), baseUrl),
  );
  // One fix for all: Codex reads none as long as one is left.
  const [first = ""] = ours;
  const values = codex.config.rawValuesAt(["model_provider"]);
  const edits: KeyEdit[] = [
    { kind: "remove", path: ["model_provider"] },
    ...values.map((value): KeyEdit => ({
      ...value,
      kind: "setRaw",
      path: ["model_providers", ...value.path.slice(1)],
    })),
    { kind: "set", path: ["model_provider"], value: first },
  ];
  return ours.map((id) =>
    invalid(codex, {
      at: `model_provider.${id}`,
      ...placeOf(codex.config, ["model_provider", id, "base_url"], "key"),
      message: l10n.t("The table must be called model_providers.{0}; Codex does not start.", id),
      ...codexConfigFix(codex, "codex/config-invalid", edits),
    }),
  );
};

/** Codex names at most the file, and not the setting. */
const missingFile: Rule = ({ codex, missingSettingFiles }) =>
  wantsTokenPool(codex)
    ? missingSettingFiles.map(({ setting, target }) =>
        problem("client/missing-file", {
          client: "codex",
          at: setting,
          ...placeOf(codex.config, [setting], "value"),
          message: l10n.t("{0} names a file that is not there: {1}. Codex does not start.", setting, target),
          ...codexConfigFix(codex, "client/missing-file", [{ kind: "remove", path: [setting] }]),
        }),
      )
    : [];

export const codexTypeRules: readonly Rule[] = [wrongType, namelessProvider, singularTable, missingFile];

function invalid({ client }: CodexState, details: Partial<Problem>): Problem {
  return problem("codex/config-invalid", { client, ...details });
}
