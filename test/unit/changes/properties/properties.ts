import type fc from "fast-check";
import {
  neighboursLikeOneByOne,
  orderDoesNotMatter,
  removingIsExact,
  settingIsExact,
  stringsSurvive,
} from "./editProperties";
import { JSONC, TOML } from "./language";
import { applyDoesAsShown } from "./shownProperties";
import {
  undoGivesCommentsBack,
  undoInAnyOrder,
  undoIsByteExact,
  undoKeepsLaterWork,
  undoAddsNoEmptyLines,
  undoLeavesWhatIsNotOurs,
} from "./undoProperties";

type Property = fc.IRawProperty<unknown>;

const OF_EVERY_LANGUAGE = {
  "setting a key is exact, local, idempotent and keeps every comment": settingIsExact,
  "removing a key is exact, adds nothing and keeps comments of their own lines": removingIsExact,
  "keys set together end up as if set one by one": neighboursLikeOneByOne,
  "independent edits commute": orderDoesNotMatter,
  "strings survive or are refused": stringsSurvive,
  "undo and redo are exact to the byte": undoIsByteExact,
  "undo keeps what others wrote since": undoKeepsLaterWork,
  "undo gives back the comment beside what was taken out": undoGivesCommentsBack,
  "undo adds no empty line in any round": undoAddsNoEmptyLines,
  "undo leaves a value that is no longer ours": undoLeavesWhatIsNotOurs,
  "two changes are undone in any order": undoInAnyOrder,
  "what is applied is what was shown, whoever wrote the file meanwhile": applyDoesAsShown,
};

/** What must hold for every document: run by the unit tests on some thousands, by `npm run fuzz` for as long as asked. */
export const PROPERTIES: ReadonlyMap<string, Property> = new Map(
  [TOML, JSONC].flatMap((language) =>
    Object.entries(OF_EVERY_LANGUAGE).map(([name, make]) => [
      `${language.format}: ${name}`,
      make(language) as unknown as Property,
    ]),
  ),
);
