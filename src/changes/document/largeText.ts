import * as l10n from "@vscode/l10n";
import { Refusal } from "../refusal";

/** A tree with places takes a thousand times as much memory: 5 MB of a list would end the extension host. */
const LONGEST = 1_000_000;

/** Refuses to make a tree of a text that no person wrote. @throws Refusal `change/too-large` */
export function refuseLargeText(text: string): void {
  if (text.length <= LONGEST) return;
  throw new Refusal(
    "change/too-large",
    l10n.t("The file is larger than 1 MB. Take out what is not needed and try again."),
  );
}
