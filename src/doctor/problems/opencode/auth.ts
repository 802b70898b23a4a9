import * as l10n from "@vscode/l10n";
import { valueAt } from "../../../changes/document/valueAt";
import { stringAt } from "../../../clients/configFile";
import { keyFileChange } from "../../../clients/opencode/state/keyFile";
import { PROVIDER_ID, PROVIDER_PATH } from "../../../clients/opencode/state/provider";
import { type ConfigLayer, effective, winner } from "../../../clients/opencode/state/state";
import { changeOfConfig } from "../../../clients/opencode/configure";
import type { ProblemCode } from "../knowledge";
import { malformedKey } from "../key/malformedKey";
import { type Problem, problem, type Rule } from "../../problem";
import type { Snapshot } from "../../snapshot/snapshot";
import { placeOf } from "../place";
import { otherStored, planFor, type Fix, withStoredKey } from "../fix";

const API_KEY_PATH = [...PROVIDER_PATH, "options", "apiKey"];

/** This package looks into OPENAI_API_KEY when OpenCode gives it no key. */
const PACKAGE_WITH_FALLBACK = "@ai-sdk/openai";

/** A provider without a key in the configuration: OpenCode looks into its auth.json, then into the environment. */
const keyOutsideConfig: Rule = (snapshot) => {
  const { opencode, opencodeAuth } = snapshot;
  const layer = winner(opencode.layers, [...PROVIDER_PATH, "options", "baseURL"]);
  if (!layer || !opencode.usesTokenPool || effective(opencode.layers, API_KEY_PATH) !== undefined) return [];
  const entry = valueAt(opencodeAuth.document, [PROVIDER_ID]);
  const found = entry === undefined ? withoutKey(snapshot, layer) : wrongEntry(snapshot);
  return found
    ? [problem(found.code, { client: "opencode", ...found, ...giveKey(snapshot, layer, found.code) })]
    : [];
};

export const opencodeAuthRules: readonly Rule[] = [keyOutsideConfig];

type Found = Partial<Problem> & Pick<Problem, "code">;

function wrongEntry(snapshot: Snapshot): Found | undefined {
  const { opencodeAuth, apiKey } = snapshot;
  const type = valueAt(opencodeAuth.document, [PROVIDER_ID, "type"]);
  const key = stringAt(opencodeAuth, [PROVIDER_ID, "key"])?.trim();
  if (type !== "api" || key === undefined) {
    const wrong = type === undefined || type === "api" ? [PROVIDER_ID] : [PROVIDER_ID, "type"];
    return {
      code: "opencode/auth-wrong-shape",
      ...placeOf(opencodeAuth, wrong, wrong.length > 1 ? "value" : "key"),
    };
  }
  const place = placeOf(opencodeAuth, [PROVIDER_ID, "key"], "value");
  const message = malformedKey(key, apiKey);
  if (message !== undefined) return { code: "key/malformed", message, ...place };
  if (apiKey === undefined || apiKey === key) return undefined;
  return { code: "opencode/key-differs", ...place, ...otherStored(snapshot, "opencode", key) };
}

function withoutKey({ opencode, apiKey, variables }: Snapshot, layer: ConfigLayer): Found | undefined {
  const place = placeOf(layer, [...PROVIDER_PATH, "options", "baseURL"], "key");
  const other = variables.OPENAI_API_KEY;
  const falls = effective(opencode.layers, [...PROVIDER_PATH, "npm"]) === PACKAGE_WITH_FALLBACK;
  if (falls && other && other !== apiKey)
    return { code: "opencode/openai-key-fallback", evidence: "OPENAI_API_KEY", ...place };
  const hasHeaders = effective(opencode.layers, [...PROVIDER_PATH, "options", "headers"]) !== undefined;
  if (apiKey === undefined || hasHeaders || (falls && other)) return undefined;
  return { code: "opencode/key-differs", message: l10n.t("OpenCode has no key for TokenPool."), ...place };
}

/** A reference to the key file, which outranks every other source. */
function giveKey(snapshot: Snapshot, layer: ConfigLayer, code: ProblemCode): Fix {
  const { opencode } = snapshot;
  if (!layer.editable) return { action: "openDocumentation" };
  return withStoredKey(snapshot, (apiKey) =>
    planFor(code, "opencode", [
      keyFileChange(opencode, apiKey),
      changeOfConfig(layer, [{ kind: "set", path: API_KEY_PATH, value: opencode.keyFile.placeholder }]),
    ]),
  );
}
