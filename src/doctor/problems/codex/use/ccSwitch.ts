import * as l10n from "@vscode/l10n";
import { isDeepStrictEqual } from "node:util";
import type { KeyEdit } from "../../../../changes/document/edits/keyEdit";
import { valueAt } from "../../../../changes/document/valueAt";
import { isIn } from "../../../../changes/history/writtenValues";
import { modelEntry } from "../../../../clients/opencode/models/modelEntry";
import { PROVIDER_PATH } from "../../../../clients/opencode/state/provider";
import { type Problem, problem, type Rule } from "../../../problem";
import type { Snapshot } from "../../../snapshot/snapshot";
import { wantsTokenPool } from "../../../snapshot/ourAddress";
import { placeOf } from "../../place";
import { opencodeConfigFix } from "../../fix";

/** Nothing is wrong yet, but the next switch saves TokenPool in another card, and that card's own key is gone. */
const anotherCard: Rule = ({ codex }) => {
  const { ccSwitch } = codex;
  if (!ccSwitch || ccSwitch.isOurs || !wantsTokenPool(codex)) return [];
  return [
    problem("ccswitch/manages-codex", {
      client: "codex",
      message: l10n.t(
        "CC Switch currently uses “{0}” for Codex. Its next switch would save TokenPool under that name, and what that card held is gone. Add TokenPool to CC Switch and choose it there first.",
        ccSwitch.name,
      ),
      ...placeOf(codex.config, ["model_provider"], "value"),
    }),
  ];
};

/** CC Switch writes an entry of OpenCode's anew from the members it knows. */
const opencodeEntry: Rule = (snapshot) => {
  const { ccSwitch, opencode } = snapshot;
  const { config } = opencode;
  if (
    !ccSwitch.isThere ||
    ccSwitch.problem ||
    config.path !== ccSwitch.opencodeFile ||
    !opencode.usesTokenPool
  )
    return [];
  const edits = droppedMembers(snapshot);
  const [first] = edits;
  if (!first) return [];
  const place = placeOf(config, first.path.slice(0, -1), "key");
  return [
    problem("opencode/other-tool-rewrites", { client: "opencode", ...place, ...fixOf(snapshot, edits) }),
  ];
};

export const ccSwitchRules: readonly Rule[] = [anotherCard, opencodeEntry];

function fixOf({ opencode }: Snapshot, edits: readonly KeyEdit[]): Partial<Problem> {
  return opencodeConfigFix(opencode.config, "opencode/other-tool-rewrites", edits);
}

/** What we wrote into the entry and is not there any more, although the entry is. */
function droppedMembers({ opencode, written }: Snapshot): KeyEdit[] {
  const { document } = opencode.config;
  const ours = written.filter((one) => isIn(one, opencode.config) && one.valueHash && isOfEntry(one.key));
  return ours.flatMap(({ key }): KeyEdit[] => {
    const isName = isDeepStrictEqual(key, NAME);
    if (isName && valueAt(document, key) === undefined)
      return [{ kind: "set", path: key, value: "TokenPool" }];
    const [, , group, model = ""] = key;
    const limit = [...key, "limit"];
    // Every entry of a model that we write has one.
    const lostInput =
      valueAt(document, limit) !== undefined && valueAt(document, [...limit, "input"]) === undefined;
    if (group !== "models" || !lostInput) return [];
    const { value } = modelEntry(model) as { value?: unknown };
    const input = valueAt(value, ["limit", "input"]);
    return typeof input === "number" ? [{ kind: "set", path: [...limit, "input"], value: input }] : [];
  });
}

const NAME = [...PROVIDER_PATH, "name"];

function isOfEntry(key: readonly string[]): boolean {
  return (
    isDeepStrictEqual(key.slice(0, 2), [...PROVIDER_PATH]) &&
    (key.length === 4 || isDeepStrictEqual(key, NAME))
  );
}
