import * as l10n from "@vscode/l10n";
import { keyFileChange } from "../../../clients/opencode/state/keyFile";
import { placeholdersIn } from "../../../clients/opencode/state/placeholders";
import { changeOfConfig, planKeyUpdate } from "../../../clients/opencode/configure";
import type { ProblemCode } from "../knowledge";
import { malformedKey } from "../key/malformedKey";
import { type KeyInForce, keyInForce } from "../../snapshot/opencodeKey";
import { numbered, type Problem, problem, type Rule } from "../../problem";
import type { Snapshot } from "../../snapshot/snapshot";
import { wantsTokenPool } from "../../snapshot/ourAddress";
import { isWithin, placeOf } from "../place";
import { otherStored, planFor, type Fix, withStoredKey } from "../fix";

/** OpenCode does not start without it. */
const keyFileMissing: Rule = (snapshot) => {
  const { keyFile } = snapshot.opencode;
  if (!keyFile.missing) return [];
  const fix = withStoredKey(snapshot, (apiKey) =>
    planFor("opencode/file-placeholder-missing", "opencode", [keyFileChange(snapshot.opencode, apiKey)]),
  );
  return [problem("opencode/file-placeholder-missing", { client: "opencode", path: keyFile.path, ...fix })];
};

/** The same for any other file that its configuration refers to; the key may stand in one of the user's own. */
const referenceMissing: Rule = (snapshot) => {
  const { opencode, missingReferences } = snapshot;
  if (!wantsTokenPool(opencode)) return [];
  const source = keyInForce(opencode);
  const places = numbered(missingReferences.map(({ target }) => target));
  return missingReferences.map(({ path, target, range }, index) => {
    const code = "opencode/file-placeholder-missing";
    const key = source?.layer.path === path && placeOf(source.layer, source.path, "value").range;
    const isKey = key && isWithin(range, key);
    const at = places[index] ?? "";
    const details = { client: "opencode", path, range, evidence: target, at } as const;
    if (isKey) return problem(code, { ...details, ...writeKey(snapshot, source, code) });
    const message = l10n.t(
      "The configuration names a file that is not there: {0}. OpenCode does not start without it.",
      target,
    );
    return problem("client/missing-file", { ...details, message });
  });
};

/** What OpenCode would send as the key: one thing at a time. */
const keySent: Rule = (snapshot) => {
  const { opencode, apiKey } = snapshot;
  const source = keyInForce(opencode);
  if (!source || opencode.keyFile.missing) return [];
  const variable = placeholdersIn(source.raw, "env")[0]?.target;
  if (variable !== undefined && !opencode.apiKey) {
    return [keyProblem(snapshot, source, "opencode/env-placeholder-unset", { evidence: variable })];
  }
  // A file of the user's own that is not there cannot be told from an empty one.
  const isOurFile = source.raw === opencode.keyFile.placeholder;
  const key = opencode.apiKey?.trim() ?? (isOurFile ? "" : undefined);
  if (key === undefined) return [];
  const message = malformedKey(key, apiKey);
  if (message !== undefined) return [keyProblem(snapshot, source, "key/malformed", { message })];
  if (apiKey === undefined || apiKey === key) return [];
  const code = isOurFile ? "opencode/key-differs" : "opencode/stale-api-key";
  return [keyProblem(snapshot, source, code, otherStored(snapshot, "opencode", key))];
};

export const opencodeKeyRules: readonly Rule[] = [keyFileMissing, referenceMissing, keySent];

function keyProblem(
  snapshot: Snapshot,
  source: KeyInForce,
  code: ProblemCode,
  details: Partial<Problem> = {},
): Problem {
  const { keyFile } = snapshot.opencode;
  const place =
    source.raw === keyFile.placeholder ? { path: keyFile.path } : placeOf(source.layer, source.path, "value");
  return problem(code, { client: "opencode", ...place, ...details, ...writeKey(snapshot, source, code) });
}

/** Into the key file; a configuration that takes its key from elsewhere is pointed to that file. */
function writeKey(snapshot: Snapshot, { layer, path, raw }: KeyInForce, code: ProblemCode): Fix {
  const { opencode } = snapshot;
  const { placeholder } = opencode.keyFile;
  if (raw === placeholder) return withStoredKey(snapshot, (apiKey) => planKeyUpdate(opencode, apiKey));
  if (!layer.editable) return { action: "openDocumentation" };
  return withStoredKey(snapshot, (apiKey) =>
    planFor(code, "opencode", [
      keyFileChange(opencode, apiKey),
      changeOfConfig(layer, [{ kind: "set", path, value: placeholder }]),
    ]),
  );
}
