import { isDeepStrictEqual } from "node:util";
import { type KeyEdit, type KeyPath, startsWith } from "../../../changes/document/edits/keyEdit";
import { removalsWithEmptyParents } from "../../../changes/document/edits/removals";
import { isObject, valueAt } from "../../../changes/document/valueAt";
import { stringAt } from "../../../clients/configFile";
import { modelEntry } from "../../../clients/opencode/models/modelEntry";
import { fixingEdits, obstacles } from "../../../clients/opencode/obstacles";
import {
  isOurModel,
  OPENAI_PATH,
  PROVIDER_ID,
  PROVIDER_PATH,
} from "../../../clients/opencode/state/provider";
import { effective, type OpencodeState, winner } from "../../../clients/opencode/state/state";
import { planConfiguration } from "../../../clients/opencode/configure";
import { isProblemCode } from "../knowledge";
import { problem, type Rule } from "../../problem";
import type { Snapshot } from "../../snapshot/snapshot";
import { wantsTokenPool } from "../../snapshot/ourAddress";
import { brokenPlace, isUnreadable, placeOf } from "../place";
import { isRefused, opencodeConfigFix, profileOf, type Fix } from "../fix";

/** A file that cannot be read says nothing about TokenPool; a stored key or an address in its text does. */
const unreadable: Rule = ({ opencode, apiKey }) =>
  opencode.layers
    .filter(isUnreadable)
    .filter(({ text }) => apiKey !== undefined || /tokenpool\.dev|clawto\.link/i.test(text))
    .map((layer) => problem("opencode/config-invalid", { client: "opencode", ...brokenPlace(layer) }));

/** A name of what TokenPool needs stands there twice: whoever fixes the first one wonders why nothing changes. */
const doubledName: Rule = ({ opencode }) =>
  opencode.layers.flatMap((layer) => {
    if (!(wantsTokenPool(opencode) || /tokenpool|clawto\.link/i.test(layer.text))) return [];
    const doubled = layer.doubled().filter(({ path }) => OUR_KEYS.some((ours) => touches(path, ours)));
    return doubled.map(({ path, range }) => {
      const name = path.join(".");
      const details = { client: "opencode", path: layer.path, range, evidence: name, at: name } as const;
      return problem("opencode/duplicate-key", details);
    });
  });

/** Lists that keep OpenCode from loading the provider. */
const leftOut: Rule = ({ opencode }) => {
  if (!wantsTokenPool(opencode)) return [];
  return obstacles(opencode).flatMap(({ code, path, key }) => {
    const layer = opencode.layers.find((each) => each.path === path);
    if (!layer || !isProblemCode(code)) return [];
    return [
      problem(code, {
        client: "opencode",
        at: key.join("."),
        ...placeOf(layer, key, "key"),
        evidence: key.join("."),
        ...opencodeConfigFix(layer, code, fixingEdits(opencode, layer)),
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
      ...placeOf(layer, ["model"], "value"),
      evidence: defaultModel,
      ...opencodeConfigFix(layer, "opencode/model-not-found", listing(snapshot, id)),
    }),
  ];
};

/** Lists the model where the gateway is known to offer it, else goes back to the chosen one. */
function listing({ opencode, model, offeredModels }: Snapshot, id: string): KeyEdit[] {
  if (offeredModels?.includes(id)) return [modelEntry(id)];
  const isListed = effective(opencode.layers, [...PROVIDER_PATH, "models", model]) !== undefined;
  return [
    { kind: "set", path: ["model"], value: `${PROVIDER_ID}/${model}` },
    ...(isListed ? [] : [modelEntry(model)]),
  ];
}

const misspelledBaseUrl: Rule = ({ opencode }) => {
  const wrong = [...PROVIDER_PATH, "options", "baseUrl"];
  const right = [...PROVIDER_PATH, "options", "baseURL"];
  const layer = winner(opencode.layers, wrong);
  const value = layer && stringAt(layer, wrong);
  if (!layer || value === undefined || effective(opencode.layers, right) !== undefined) return [];
  return [
    problem("opencode/base-url-invalid", {
      client: "opencode",
      ...placeOf(layer, wrong, "key"),
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
      ...placeOf(layer, [...OPENAI_PATH, "options", "baseURL"], "value"),
      ...moveToOwnProvider(snapshot),
    }),
  );

/** Values of the weaker file that the stronger one replaces; reading only the weaker one misleads. */
const twoGlobalFiles: Rule = ({ opencode }) => {
  const { config, layers } = opencode;
  const weaker = layers[layers.indexOf(config) - 1];
  if (!weaker || !wantsTokenPool(opencode)) return [];
  const replaced = valuesIn(weaker.document)
    .filter((key) => OUR_KEYS.some((ours) => startsWith(key, ours)))
    .filter((key) => {
      const stronger = valueAt(config.document, key);
      return stronger !== undefined && !isDeepStrictEqual(stronger, valueAt(weaker.document, key));
    });
  const [first] = replaced;
  if (!first) return [];
  return [
    problem("opencode/two-global-files", {
      client: "opencode",
      ...placeOf(weaker, first, "key"),
      evidence: replaced.map((key) => key.join(".")).join(", "),
      ...opencodeConfigFix(
        weaker,
        "opencode/two-global-files",
        removalsWithEmptyParents(weaker.document, replaced),
      ),
    }),
  ];
};

export const opencodeConfigRules: readonly Rule[] = [
  unreadable,
  doubledName,
  leftOut,
  modelNotListed,
  misspelledBaseUrl,
  documentedOverride,
  twoGlobalFiles,
];

/** What TokenPool needs of OpenCode's configuration. */
const OUR_KEYS = [["model"], ["small_model"], ["enabled_providers"], ["disabled_providers"], PROVIDER_PATH];

function touches(path: KeyPath, ours: KeyPath): boolean {
  return startsWith(path, ours) || startsWith(ours, path);
}

/** Paths of everything that is no object. */
function valuesIn(document: unknown, path: KeyPath = []): KeyPath[] {
  return isObject(document)
    ? Object.entries(document).flatMap(([name, value]) => valuesIn(value, [...path, name]))
    : [path];
}

/** Everything Configure OpenCode writes, with the override given back to OpenAI. */
function moveToOwnProvider(snapshot: Snapshot): Fix {
  const { opencode, versions } = snapshot;
  const profile = profileOf(snapshot);
  if (!profile || !canBeWritten(opencode)) return { action: "configure:opencode" };
  const accepted = ["moveDocumentedOverride"] as const;
  const options = { fix: true, versions: versions.opencode, accepted };
  const fix = () => planConfiguration(opencode, profile, options);
  return isRefused(fix) ? { action: "configure:opencode" } : { fix, apart: true };
}

/** A stronger file or a broken one would make the change useless. */
function canBeWritten({ config, overriddenBy }: OpencodeState): boolean {
  return !config.problem && overriddenBy.length === 0;
}
