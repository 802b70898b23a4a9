import type { KeyEdit } from "../../../../changes/document/edits/keyEdit";
import { namesAt } from "../../../../changes/document/valueAt";
import { stringAt } from "../../../../clients/configFile";
import { PROVIDER_ID } from "../../../../clients/codex/state/state";
import { inForce } from "../../../../clients/codex/state/systemLayers";
import { BUILT_IN_PROVIDERS, type CodexProvider, codexProviders } from "../../../snapshot/codexProvider";
import { problem, type Rule } from "../../../problem";
import { isOurAddress, wantsTokenPool } from "../../../snapshot/ourAddress";
import { tokenPoolTables } from "./tables";
import { placeOf } from "../../place";
import { codexConfigFix, configureCodexAnew } from "../../fix";

/** All that Codex lets a table of this built-in provider change. */
const BEDROCK_SETTINGS = ["base_url", "auth", "http_headers", "aws"];

const wireApi: Rule = ({ codex }) => {
  if (!wantsTokenPool(codex)) return [];
  return codexProviders(codex).flatMap(({ path }) => {
    const key = [...path, "wire_api"];
    if (stringAt(codex.config, key) !== "chat") return [];
    const edit = { kind: "set", path: key, value: "responses" } as const;
    return problem("codex/wire-api-chat", {
      client: "codex",
      at: path.join("."),
      ...placeOf(codex.config, key, "value"),
      ...codexConfigFix(codex, "codex/wire-api-chat", [edit]),
    });
  });
};

/** One such table keeps Codex from starting, whichever provider is in use. */
const reservedId: Rule = ({ codex, baseUrl: chosen }) => {
  const reserved = codexProviders(codex).filter((provider) => isReserved(provider, codex.config.document));
  const concerns =
    wantsTokenPool(codex) || reserved.some(({ baseUrl = "" }) => isOurAddress(baseUrl, chosen));
  if (!concerns) return [];
  const named = stringAt(codex.config, ["model_provider"]);
  return reserved.map(({ id, path }) => {
    const free = `${id}-custom`;
    const edits: KeyEdit[] = [
      { kind: "remove", path },
      ...codex.config.rawValuesAt(path).map((value): KeyEdit => ({
        ...value,
        kind: "setRaw",
        path: ["model_providers", free, ...value.path.slice(2)],
      })),
      ...(named === id ? [{ kind: "set", path: ["model_provider"], value: free } as const] : []),
    ];
    const [key = ""] = namesAt(codex.config.document, path);
    return problem("codex/reserved-provider-id", {
      client: "codex",
      at: path.join("."),
      ...placeOf(codex.config, [...path, key], "key"),
      evidence: id,
      ...codexConfigFix(codex, "codex/reserved-provider-id", edits),
    });
  });
};

/** Only where TokenPool's own table waits under another name: other people's typing errors are theirs. */
const providerNotFound: Rule = (snapshot) => {
  const { codex, apiKey } = snapshot;
  const [table, second] = tokenPoolTables(snapshot);
  const named = stringAt(codex.config, ["model_provider"]);
  if (named === undefined || BUILT_IN_PROVIDERS.includes(named)) return [];
  if (inForce(codex.config, codex.system, ["model_providers", named]) !== undefined) return [];
  const isOurs = named === PROVIDER_ID && apiKey !== undefined && codex.apiKey === apiKey;
  if (!table && !isOurs) return [];
  const edits: KeyEdit[] = [{ kind: "set", path: ["model_provider"], value: table?.[1] ?? "" }];
  return [
    problem("codex/provider-not-found", {
      client: "codex",
      ...placeOf(codex.config, ["model_provider"], "value"),
      evidence: named,
      ...(table && !second
        ? codexConfigFix(codex, "codex/provider-not-found", edits)
        : configureCodexAnew(snapshot, "codex/provider-not-found")),
    }),
  ];
};

export const codexProviderRules: readonly Rule[] = [wireApi, reservedId, providerNotFound];

function isReserved({ id, path }: CodexProvider, document: unknown): boolean {
  if (id !== "amazon-bedrock") return BUILT_IN_PROVIDERS.includes(id);
  return namesAt(document, path).some((name) => !BEDROCK_SETTINGS.includes(name));
}
