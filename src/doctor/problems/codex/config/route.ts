import * as l10n from "@vscode/l10n";
import type { KeyEdit, KeyPath } from "../../../../changes/document/edits/keyEdit";
import { valueAt } from "../../../../changes/document/valueAt";
import { editsOfFallen, fallenSettings } from "../../../../clients/codex/fallenSettings";
import { inForce } from "../../../../clients/codex/state/systemLayers";
import { stringAt } from "../../../../clients/configFile";
import { codexProviderInUse, usesCodexLogin } from "../../../snapshot/codexProvider";
import { problem, type Rule } from "../../../problem";
import type { Snapshot } from "../../../snapshot/snapshot";
import { switchingToolAt } from "../../../snapshot/switchingTool";
import { hostOf, isOurAddress, wantsTokenPool } from "../../../snapshot/ourAddress";
import { tokenPoolTables } from "./tables";
import { placeOf } from "../../place";
import { codexConfigFix, configureCodexAnew } from "../../fix";

/** What was meant for the top level became part of the table above it. */
const settingInsideTable: Rule = (snapshot) => {
  const { codex } = snapshot;
  const found = settingsInsideTable(snapshot);
  const [first] = found;
  if (!first) return [];
  const edits = editsOfFallen(codex.config, found, snapshot.versions.codex);
  return [
    problem("codex/setting-inside-table", {
      client: "codex",
      ...placeOf(codex.config, first, "key"),
      evidence: found.map((path) => path.join(".")).join(", "),
      ...codexConfigFix(codex, "codex/setting-inside-table", edits),
    }),
  ];
};

/** Where Codex ignores it: what was meant is plain, whatever auth.json holds. */
const addressAtTopLevel: Rule = (snapshot) => {
  const { codex, baseUrl } = snapshot;
  const address = stringAt(codex.config, ["base_url"]) ?? "";
  const provider = inForce(codex.config, codex.system, ["model_provider"]) ?? "openai";
  if (!isOurAddress(address, baseUrl) || provider !== "openai" || wantsTokenPool(codex)) return [];
  const code = "codex/requests-go-to-openai";
  const edits = ["base_url", "wire_api", "requires_openai_auth"]
    .filter((name) => valueAt(codex.config.document, [name]) !== undefined)
    .map((name): KeyEdit => ({ kind: "remove", path: [name] }));
  return [
    problem(code, {
      client: "codex",
      ...placeOf(codex.config, ["base_url"], "key"),
      evidence: hostOf(address),
      message: l10n.t(
        "Codex reads base_url only in a table of model_providers; at the top level it ignores it, and sends its requests to OpenAI.",
      ),
      ...configureCodexAnew(snapshot, code, edits),
    }),
  ];
};

/** The stored key waits in auth.json, and Codex would send it to OpenAI. */
const requestsGoToOpenai: Rule = (snapshot) => {
  const { codex, apiKey } = snapshot;
  const named = inForce(codex.config, codex.system, ["model_provider"]);
  const provider = codexProviderInUse(codex);
  // A provider without an address stands for OpenAI's.
  const isOpenai = provider
    ? usesCodexLogin(codex) && provider.baseUrl === undefined
    : named === undefined || named === "openai";
  if (!isOpenai || codex.config.problem || apiKey === undefined || codex.apiKey !== apiKey) return [];
  if (codex.usesChatGptLogin) return [];
  if (stringAt(codex.config, ["openai_base_url"]) !== undefined) return [];
  if (settingsInsideTable(snapshot).length > 0 || addressAtTopLevel(snapshot).length > 0) return [];
  return [
    problem("codex/requests-go-to-openai", {
      client: "codex",
      ...placeOf(codex.config, ["model_provider"], "value"),
      ...(provider && {
        message: l10n.t("The provider in use has no base_url, so Codex sends its requests to OpenAI."),
      }),
      ...(codex.variables.OPENAI_BASE_URL && { evidence: "OPENAI_BASE_URL" }),
      ...configureCodexAnew(snapshot, "codex/requests-go-to-openai"),
    }),
  ];
};

/** Codex tries WebSockets several times before every conversation. */
const webSockets: Rule = (snapshot) => {
  const { codex } = snapshot;
  const provider = codexProviderInUse(codex);
  const key = provider && wantsTokenPool(codex) && [...provider.path, "supports_websockets"];
  if (key && valueAt(codex.config.document, key) === true) {
    return [
      problem("codex/websocket-fallback", {
        client: "codex",
        ...placeOf(codex.config, key, "value"),
        ...codexConfigFix(codex, "codex/websocket-fallback", [{ kind: "remove", path: key }]),
      }),
    ];
  }
  const address = stringAt(codex.config, ["openai_base_url"]) ?? "";
  if (provider || !isOurAddress(address, snapshot.baseUrl)) return [];
  return [
    problem("codex/websocket-fallback", {
      client: "codex",
      ...placeOf(codex.config, ["openai_base_url"], "value"),
      evidence: hostOf(address),
      ...configureCodexAnew(snapshot, "codex/websocket-fallback", [
        { kind: "remove", path: ["openai_base_url"] },
      ]),
    }),
  ];
};

/** A switching tool that does not run. Other programs on this machine are their owner's business. */
const deadLocalProxy: Rule = (snapshot) => {
  const { codex, apiKey, deadLocalAddress } = snapshot;
  const provider = codexProviderInUse(codex);
  if (!provider || deadLocalAddress === undefined || codex.usesTokenPool) return [];
  if (apiKey === undefined || (!switchingToolAt(deadLocalAddress) && codex.apiKey !== apiKey)) return [];
  return [
    problem("codex/dead-local-proxy", {
      client: "codex",
      ...placeOf(codex.config, [...provider.path, "base_url"], "value"),
      evidence: deadLocalAddress,
      ...configureCodexAnew(snapshot, "codex/dead-local-proxy"),
    }),
  ];
};

export const codexRouteRules: readonly Rule[] = [
  settingInsideTable,
  addressAtTopLevel,
  requestsGoToOpenai,
  webSockets,
  deadLocalProxy,
];

/** TokenPool's block below a table; Codex sees no provider then, and may not start. */
function settingsInsideTable(snapshot: Snapshot): KeyPath[] {
  const { config } = snapshot.codex;
  if (valueAt(config.document, ["model_provider"]) !== undefined) return [];
  const ids = new Set<unknown>(tokenPoolTables(snapshot).map((path) => path[1]));
  return fallenSettings(config, (provider) => ids.has(provider));
}
