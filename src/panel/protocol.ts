import { type Action, isAction } from "../doctor/action";
import type { PanelModel } from "./panelModel";

/** From the extension to the panel's page. */
export type ToPage =
  | { readonly type: "model"; readonly model: PanelModel }
  /** The machine could not be looked at; the log says why. */
  | { readonly type: "failed" };

/** From the page to the extension. It names things by ids that the extension gave out, never by path, address or command. */
export type FromPage =
  /** The page is there; whether it shows what it was made with. */
  | { readonly type: "ready"; readonly isFilled: boolean }
  | { readonly type: "run"; readonly action: Action }
  /** Fix the problem with this id. */
  | { readonly type: "fix"; readonly problem: string }
  /** Show the file with this id. */
  | { readonly type: "open"; readonly file: string };

/** Refuses whatever is no message of the page's: a page is untrusted input. */
export function isFromPage(value: unknown): value is FromPage {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  switch (value.type) {
    case "ready":
      return "isFilled" in value && typeof value.isFilled === "boolean";
    case "run":
      return "action" in value && isAction(value.action);
    case "fix":
      return "problem" in value && typeof value.problem === "string";
    case "open":
      return "file" in value && typeof value.file === "string";
    default:
      return false;
  }
}
