import * as l10n from "@vscode/l10n";
import { Refusal } from "./refusal";

/** Runs a reader that calls itself for every level of a document, and refuses one too deep for the stack. */
export function refuseDeepNesting<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal(
      "change/invalid-syntax",
      l10n.t("The file is nested too deeply. Is it the right file?"),
    );
  }
}
