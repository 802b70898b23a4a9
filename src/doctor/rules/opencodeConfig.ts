import { stringAt } from "../../clients/clientFile";
import { mendingEdits, obstacles } from "../../clients/opencode/opencodeObstacles";
import { isOurModel, OPENAI_PATH, PROVIDER_ID, PROVIDER_PATH } from "../../clients/opencode/opencodeProvider";
import { effective, type OpencodeState, winner } from "../../clients/opencode/opencodeState";
import { planConfiguration } from "../../clients/opencode/planOpencode";
import { isTokenPoolBaseUrl } from "../../gateway/endpoints";
import { isProblemCode } from "../knowledge/knowledge";
import { problem, type Rule } from "../problem";
import type { Snapshot } from "../snapshot";
import { hostOf, isTokenPoolAddress, wantsTokenPool } from "../tokenPoolUse";
import { brokenPlace, jsonPlace } from "./place";
import { opencodeConfigFix, profileOf, type Remedy } from "./remedy";

/** A file that cannot be read says nothing about TokenPool; a stored key or an address in its text does. */
const unreadable: Rule = ({ opencode, apiKey }) =>
  opencode.layers
    .filter(({ problem: broken }) =>
      ["change/invalid-syntax", "change/encoding"].includes(broken?.code ?? ""),
    )
    .filter(({ text }) => apiKey !== undefined || /tokenpool\.dev|clawto\.link/i.test(text))
    .map((layer) => problem("opencode/config-invalid", { client: "opencode", ...brokenPlace(layer) }));

/** Lists that keep OpenCode from loading the provider. */
const leftOut: Rule = ({ opencode }) => {
  if (!wantsTokenPool(opencode)) return [];
  return obstacles(opencode).flatMap(({ code, path, key }) => {
    const layer = opencode.layers.find((each) => each.path === path);
    if (!layer || !isProblemCode(code)) return [];
    return [
      problem(code, {
        client: "opencode",
        ...jsonPlace(layer, key, "key"),
        evidence: key.join("."),
        ...opencodeConfigFix(layer, code, mendingEdits(opencode, layer)),
      }),
    ];
  });
};

/** OpenCode knows only the models of a provider of ours that its configuration lists. */
const modelNotListed: Rule = (snapshot) => {
  const { opencode } = snapshot;
  const { defaultModel } = opencode;
  if (defaultModel === undefined || !isOurModel(defaultModel)) return [];
  const id = defaultModel.slice(PROVIDER_ID.length + 1);
  if (effective(opencode.layers, [...PROVIDER_PATH, "models", id]) !== undefined) return [];
  const layer = winner(opencode.layers, ["model"]) ?? opencode.config;
  return [
    problem("opencode/model-not-found", {
      client: "opencode",
      ...jsonPlace(layer, ["model"], "value"),
      evidence: defaultModel,
      ...configureAnew(snapshot, "replaceDefaultModel"),
    }),
  ];
};

const misspelledBaseUrl: Rule = ({ opencode }) => {
  const wrong = [...PROVIDER_PATH, "options", "baseUrl"];
  const right = [...PROVIDER_PATH, "options", "baseURL"];
  const layer = winner(opencode.layers, wrong);
  const value = layer && stringAt(layer, wrong);
  if (!layer || value === undefined || effective(opencode.layers, right) !== undefined) return [];
  return [
    problem("opencode/base-url-invalid", {
      client: "opencode",
      ...jsonPlace(layer, wrong, "key"),
      ...opencodeConfigFix(layer, "opencode/base-url-invalid", [
        { kind: "remove", path: wrong },
        { kind: "set", path: right, value },
      ]),
    }),
  ];
};

const documentedOverride: Rule = (snapshot) =>
  snapshot.opencode.documentedOverrides.map((layer) =>
    problem("opencode/documented-openai-override", {
      client: "opencode",
      ...jsonPlace(layer, [...OPENAI_PATH, "options", "baseURL"], "value"),
      ...configureAnew(snapshot, "moveDocumentedOverride"),
    }),
  );

/** A folder's own file outranks the user's, and OpenCode sends the user's key wherever it says. */
const projectOverrides: Rule = ({ opencode, projectFiles, baseUrl }) => {
  if (!wantsTokenPool(opencode)) return [];
  const chosen = baseUrl.valid ? baseUrl.baseUrl : "";
  const key = [...PROVIDER_PATH, "options", "baseURL"];
  return projectFiles.flatMap((file) => {
    const address = stringAt(file, key);
    if (address === undefined || isTokenPoolAddress(address) || isTokenPoolBaseUrl(address, chosen))
      return [];
    return [
      problem("opencode/project-overrides", {
        client: "opencode",
        ...jsonPlace(file, key, "value"),
        evidence: hostOf(address),
      }),
    ];
  });
};

export const opencodeConfigRules: readonly Rule[] = [
  unreadable,
  leftOut,
  modelNotListed,
  misspelledBaseUrl,
  documentedOverride,
  projectOverrides,
];

/** Everything Configure OpenCode writes, with one proposal of its own accepted. */
function configureAnew(
  snapshot: Snapshot,
  proposal: "replaceDefaultModel" | "moveDocumentedOverride",
): Remedy {
  const profile = profileOf(snapshot);
  if (!profile || !canBeWritten(snapshot.opencode)) return { action: "configureOpenCode" };
  const options = { mend: true, versions: snapshot.versions.opencode, accepted: [proposal] };
  return { fix: () => planConfiguration(snapshot.opencode, profile, options) };
}

/** A stronger file or a broken one would make the change useless. */
function canBeWritten({ config, overriddenBy }: OpencodeState): boolean {
  return !config.problem && overriddenBy.length === 0;
}
