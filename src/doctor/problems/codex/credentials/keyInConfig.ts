import * as l10n from "@vscode/l10n";
import type { ChangePlan } from "../../../../changes/plan";
import { type KeyEdit, type KeyPath, samePath } from "../../../../changes/document/edits/keyEdit";
import { rangesOf } from "../../../../changes/document/edits/textEdit";
import { namesAt } from "../../../../changes/document/valueAt";
import { stringAt } from "../../../../clients/configFile";
import { changeOfConfig, planKeyUpdate } from "../../../../clients/codex/configure";
import { CC_SWITCH_TOKEN } from "../../../../clients/codex/ccSwitch/ccSwitchCard";
import { ccSwitchObstacle } from "../../../../clients/codex/ccSwitch/ccSwitchNotices";
import type { CodexState } from "../../../../clients/codex/state/state";
import { checkApiKey } from "../../../../gateway/apiKey";
import { codexProviderInUse, namesKeySource, usesCodexLogin } from "../../../snapshot/codexProvider";
import { placesOfKeys } from "../../secrets/keyInText";
import type { ProblemCode } from "../../knowledge";
import { type Problem, problem, type Rule } from "../../../problem";
import type { Snapshot } from "../../../snapshot/snapshot";
import { wantsTokenPool } from "../../../snapshot/ourAddress";
import { placeOf } from "../../place";
import { configureCodexAnew, type Fix, isOtherStored, otherStored, planFor } from "../../fix";
import { tokenPoolTables } from "../config/tables";

const TOKEN = "experimental_bearer_token";

/** Names under which people put a key; Codex knows none of them. */
const KEY_LIKE = /^(?:openai_|tokenpool_)?(?:api_?key|token)$/i;

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

/** Another token than the stored key makes every request fail; the same one is only in the wrong file. */
const bearerToken: Rule = (snapshot) => {
  const { codex, apiKey, storedKeys } = snapshot;
  const keys = tokenPoolTables(snapshot)
    .map((table) => [...table, TOKEN])
    .filter((key) => !isKept(codex, key) || stringAt(codex.config, key) !== apiKey);
  const isOther = keys.some((key) => {
    const token = stringAt(codex.config, key);
    return apiKey !== undefined && token !== undefined && token !== apiKey && !storedKeys.includes(token);
  });
  return keyProblem(snapshot, "codex/bearer-token-overrides", keys, isOther ? { severity: "error" } : {});
};

/** A token outside any provider's table, where CC Switch puts it for a provider with our id. */
const ignoredToken: Rule = (snapshot) => {
  const { codex } = snapshot;
  if (!wantsTokenPool(codex)) return [];
  const sendsNoKey = codex.usesChatGptLogin || codex.apiKey === undefined;
  const isDangerous = !namesKeySource(codex) || (usesCodexLogin(codex) && sendsNoKey);
  return keyProblem(snapshot, "codex/token-ignored", [[TOKEN]], isDangerous ? { severity: "error" } : {});
};

/** CC Switch keeps the key there on purpose, beside a ChatGPT login. */
function isKept({ ccSwitch }: CodexState, key: KeyPath): boolean {
  return ccSwitch?.keepsTokenInConfig === true && samePath(key, CC_SWITCH_TOKEN);
}

/** The provider takes its key from a variable, which outranks auth.json. */
const keyFromVariable: Rule = (snapshot) => {
  const { codex, apiKey } = snapshot;
  const provider = codexProviderInUse(codex);
  if (!provider || !wantsTokenPool(codex)) return [];
  const key = [...provider.path, "env_key"];
  const name = stringAt(codex.config, key);
  if (name === undefined) return [];
  const value = codex.variables[name]?.trim() ?? "";
  if (value !== "" && (apiKey === undefined || value === apiKey)) return [];
  // Some put the key itself where the name of a variable belongs.
  const isKey = !/^\w+$/.test(name) && checkApiKey(name).valid;
  const code = isKey ? "codex/key-in-config" : value === "" ? "codex/env-key-missing" : "codex/env-key-stale";
  return [
    problem(code, {
      client: "codex",
      ...placeOf(codex.config, key, "value"),
      evidence: isKey ? "env_key" : name,
      ...moveToAuthFile(snapshot, code, [key]),
      ...otherStored(snapshot, "codex", value),
    }),
  ];
};

const KEY_RULES: readonly Rule[] = [keyInConfig, bearerToken, ignoredToken, keyFromVariable];

/** A stored key anywhere else: in a header, a variable for programs, a comment. */
const keyInText: Rule = (snapshot) => {
  const { codex, storedKeys } = snapshot;
  const { text, path } = codex.config;
  const told = KEY_RULES.flatMap((rule) => rule(snapshot)).map(({ range }) => range?.line);
  const kept = isKept(codex, CC_SWITCH_TOKEN)
    ? codex.config.rangeAt(CC_SWITCH_TOKEN, "value")?.line
    : undefined;
  const message = l10n.t("Your API key is in config.toml, and people share this file.");
  const details = {
    client: "codex",
    path,
    message,
    severity: "warning",
    action: "openDocumentation",
  } as const;
  return placesOfKeys(text, storedKeys)
    .map(rangesOf(text))
    .filter(({ line }) => line !== kept && !told.includes(line))
    .map((range, index) => problem("codex/key-in-config", { ...details, at: `text ${index}`, range }));
};

export const codexKeyInConfigRules: readonly Rule[] = [...KEY_RULES, keyInText];

function namesIn({ config }: CodexState, table: KeyPath): string[] {
  return namesAt(config.document, table);
}

function keyProblem(
  snapshot: Snapshot,
  code: ProblemCode,
  keys: readonly KeyPath[],
  details: Partial<Problem> = {},
): Problem[] {
  const { codex } = snapshot;
  const present = keys.filter((key) => stringAt(codex.config, key) !== undefined);
  if (present.length === 0) return [];
  // One for all: auth.json takes one key.
  const apart = present.some((key) => isOtherStored(snapshot, stringAt(codex.config, key) ?? ""));
  const fix = { ...moveToAuthFile(snapshot, code, present), ...(apart && { apart }) };
  return present.map((key) =>
    problem(code, {
      client: "codex",
      ...details,
      at: key.join("."),
      ...placeOf(codex.config, key, "key"),
      evidence: key.at(-1) ?? "",
      ...fix,
      // Where it is kept it is in no wrong file.
      ...(isKept(codex, key) && otherStored(snapshot, "codex", stringAt(codex.config, key) ?? "")),
    }),
  );
}

/** The stored key goes to auth.json, else the one that stands in config.toml; then the lines go. */
function moveToAuthFile(snapshot: Snapshot, code: ProblemCode, keys: readonly KeyPath[]): Fix {
  const { codex, apiKey } = snapshot;
  const found = keys.map((key) => checkApiKey(stringAt(codex.config, key) ?? "")).find(({ valid }) => valid);
  const key = apiKey ?? codex.apiKey ?? (found?.valid ? found.key : undefined);
  if (key === undefined) return { action: "setApiKey" };
  // The latter says why nothing can be written.
  if (codex.ccSwitch?.keepsTokenInConfig || ccSwitchObstacle(codex))
    return configureCodexAnew(snapshot, code, goingOf(codex, keys));
  const edits = keys.flatMap((path): KeyEdit[] => [{ kind: "remove", path }, ...askForKey(path)]);
  const fix = (): ChangePlan =>
    // auth.json first: from the second file on, Codex may send what stands there.
    planFor(code, "codex", [...planKeyUpdate(codex, key).files, { ...changeOfConfig(codex.config), edits }]);
  return { fix };
}

/** All but the token that is kept, which gets the stored key in its place. */
function goingOf(codex: CodexState, keys: readonly KeyPath[]): KeyEdit[] {
  return keys.filter((key) => !isKept(codex, key)).map((path) => ({ kind: "remove", path }));
}

/** A provider that was given its key in its own table has to ask for the one in auth.json from now on. */
function askForKey(key: KeyPath): KeyEdit[] {
  const table = key.slice(0, -1);
  return table.length > 0 ? [{ kind: "set", path: [...table, "requires_openai_auth"], value: true }] : [];
}
