import type { ChangePlan } from "../../changes/changePlan";
import type { KeyEdit, KeyPath } from "../../changes/keyEdit";
import { valueAt } from "../../changes/valueAt";
import { stringAt } from "../../clients/clientFile";
import { mendingEdits, obstacles } from "../../clients/codex/codexObstacles";
import { changeOfConfig, planKeyUpdate } from "../../clients/codex/planCodex";
import type { CodexState } from "../../clients/codex/codexState";
import { checkApiKey } from "../../gateway/apiKey";
import { codexProviders, leadsToTokenPool, usesCodexLogin } from "../codexProvider";
import { isProblemCode, type ProblemCode } from "../knowledge/knowledge";
import { type Problem, problem, type Rule } from "../problem";
import type { Snapshot } from "../snapshot";
import { wantsTokenPool } from "../tokenPoolUse";
import { brokenPlace, tomlPlace } from "./place";
import { codexConfigFix, planFor, type Remedy } from "./remedy";

/** Names under which people put a key; Codex knows none of them. */
const KEY_LIKE = /^(?:openai_|tokenpool_)?(?:api_?key|token)$/i;

const BUILT_IN_PROVIDERS = ["openai", "ollama", "lmstudio", "amazon-bedrock"];

/** A file that cannot be read says nothing about TokenPool; a stored key or an address in its text does. */
const unreadable: Rule = ({ codex, apiKey }) => {
  const { config } = codex;
  const concerns = apiKey !== undefined || /tokenpool\.dev|clawto\.link/i.test(config.text);
  if (
    !concerns ||
    (config.problem?.code !== "change/invalid-syntax" && config.problem?.code !== "change/encoding")
  )
    return [];
  const code = config.problem.code === "change/encoding" ? "codex/config-encoding" : "codex/config-invalid";
  return [problem(code, { client: "codex", ...brokenPlace(config) })];
};

const missingHome: Rule = ({ codex, apiKey, versions }) =>
  codex.missingDirectory !== undefined && apiKey !== undefined && versions.codex.length > 0
    ? [problem("codex/home-missing", { client: "codex", path: codex.missingDirectory })]
    : [];

/** What keeps Codex from the key or from starting; each taken out alone. */
const inTheWay: Rule = ({ codex }) => {
  if (!wantsTokenPool(codex)) return [];
  return obstacles(codex).flatMap(({ code, key }) => {
    if (!isProblemCode(code) || !matters(codex, code)) return [];
    const edits = mendingEdits(codex).filter(({ path }) => path[0] === key[0]);
    // The keyring is asked first, but the file counts as long as the keyring holds nothing.
    const isAuto = stringAt(codex.config, key) === "auto";
    return [
      problem(code, {
        client: "codex",
        ...(isAuto && { severity: "information" }),
        ...tomlPlace(codex.config, key, "value"),
        ...codexConfigFix(codex, code, edits),
      }),
    ];
  });
};

function matters(codex: CodexState, code: ProblemCode): boolean {
  if (code === "codex/legacy-profile") return true;
  // Somebody whose key really is in the keyring has none in auth.json: Codex deletes it there.
  return usesCodexLogin(codex) && (code !== "codex/keyring-store" || codex.apiKey !== undefined);
}

/** A key under a name that Codex ignores, in the top level or a table of TokenPool's. */
const keyInConfig: Rule = (snapshot) => {
  const { codex } = snapshot;
  const tables = [...(wantsTokenPool(codex) ? [[]] : []), ...tokenPoolTables(snapshot)];
  const keys = tables.flatMap((table) =>
    namesIn(codex, table)
      .filter((name) => KEY_LIKE.test(name))
      .map((name) => [...table, name]),
  );
  return keyProblem(snapshot, "codex/key-in-config", keys);
};

const bearerToken: Rule = (snapshot) => {
  const keys = tokenPoolTables(snapshot).map((table) => [...table, "experimental_bearer_token"]);
  return keyProblem(snapshot, "codex/bearer-token-overrides", keys);
};

const wireApi: Rule = (snapshot) => {
  const { codex } = snapshot;
  if (!wantsTokenPool(codex)) return [];
  const keys = codexProviders(codex)
    .map(({ path }) => [...path, "wire_api"])
    .filter((key) => stringAt(codex.config, key) === "chat");
  const [first] = keys;
  if (!first) return [];
  const edits = keys.map((path): KeyEdit => ({ kind: "set", path, value: "responses" }));
  return [
    problem("codex/wire-api-chat", {
      client: "codex",
      ...tomlPlace(codex.config, first, "value"),
      ...codexConfigFix(codex, "codex/wire-api-chat", edits),
    }),
  ];
};

/** Only where TokenPool's own table waits under another name: other people's typing errors are theirs. */
const providerNotFound: Rule = (snapshot) => {
  const { codex } = snapshot;
  const [table, second] = tokenPoolTables(snapshot);
  const named = stringAt(codex.config, ["model_provider"]);
  if (!table || named === undefined || BUILT_IN_PROVIDERS.includes(named)) return [];
  if (codexProviders(codex).some(({ id }) => id === named)) return [];
  const edits: KeyEdit[] = [{ kind: "set", path: ["model_provider"], value: table[1] ?? "" }];
  const remedy: Remedy = second
    ? { action: "configureCodex" }
    : codexConfigFix(codex, "codex/provider-not-found", edits);
  return [
    problem("codex/provider-not-found", {
      client: "codex",
      ...tomlPlace(codex.config, ["model_provider"], "value"),
      ...remedy,
    }),
  ];
};

export const codexConfigRules: readonly Rule[] = [
  unreadable,
  missingHome,
  inTheWay,
  keyInConfig,
  bearerToken,
  wireApi,
  providerNotFound,
];

function tokenPoolTables({ codex, baseUrl }: Snapshot): KeyPath[] {
  const chosen = baseUrl.valid ? baseUrl.baseUrl : "";
  return codexProviders(codex)
    .filter((provider) => leadsToTokenPool(provider, chosen))
    .map(({ path }) => path);
}

function namesIn({ config }: CodexState, table: KeyPath): string[] {
  const value = valueAt(config.document, table);
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function keyProblem(snapshot: Snapshot, code: ProblemCode, keys: readonly KeyPath[]): Problem[] {
  const { codex } = snapshot;
  const present = keys.filter((key) => stringAt(codex.config, key) !== undefined);
  const [first] = present;
  if (!first) return [];
  return [
    problem(code, {
      client: "codex",
      ...tomlPlace(codex.config, first, "key"),
      evidence: first.at(-1) ?? "",
      ...moveToAuthFile(snapshot, code, present),
    }),
  ];
}

/** The stored key goes to auth.json, else the one that stands in config.toml; then the lines go. */
function moveToAuthFile({ codex, apiKey }: Snapshot, code: ProblemCode, keys: readonly KeyPath[]): Remedy {
  const found = keys.map((key) => checkApiKey(stringAt(codex.config, key) ?? "")).find(({ valid }) => valid);
  const key = apiKey ?? codex.apiKey ?? (found?.valid ? found.key : undefined);
  if (key === undefined) return { action: "setApiKey" };
  const edits = keys.flatMap((path): KeyEdit[] => [{ kind: "remove", path }, ...askForKey(path)]);
  const fix = (): ChangePlan =>
    // auth.json first: from the second file on, Codex may send what stands there.
    planFor(code, "codex", [...planKeyUpdate(codex, key).files, { ...changeOfConfig(codex.config), edits }]);
  return { fix };
}

/** A provider that was given its key in its own table has to ask for the one in auth.json from now on. */
function askForKey(key: KeyPath): KeyEdit[] {
  const table = key.slice(0, -1);
  return table.length > 0 ? [{ kind: "set", path: [...table, "requires_openai_auth"], value: true }] : [];
}
