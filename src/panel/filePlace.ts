import type { FindingRange } from "../doctor/finding";
import type { PanelFile } from "./panelModel";

/** A place in a file that the page may ask to be shown. */
export interface FilePlace {
  readonly path: string;
  readonly range?: FindingRange;
}

/** Gives a place an id for the page, which never learns paths to ask for. */
export type AddFile = (place: FilePlace) => PanelFile;
