import { basename } from "node:path";
import * as l10n from "@vscode/l10n";
import type { ChangePlan, EditedFile, FileChange, FileFormat } from "./plan";
import { editJson } from "./document/json/editJson";
import { Refusal } from "./refusal";
import { isSameEffect } from "./document/edits/sameEffect";
import { decode, encode } from "./document/sourceText";
import { editToml } from "./document/toml/editToml";
import { type FileSystem, readUserFile, sameBytes, type UserFile } from "./disk/userFile";
import { verifyEdit } from "./document/verifyEdit";

export interface PreparedFile {
  readonly planned: FileChange;
  readonly change: "created" | "updated" | "unchanged" | "deleted";
  /** `undefined`: no file. */
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  /** Permissions of the file as it was; left out while there is none. */
  readonly mode?: number;
  /** Others may read the file, and may not afterwards. */
  readonly tightened?: true;
}

/** A plan worked out against the bytes on disk: every result is known and checked, nothing is written yet. */
export interface PreparedChange {
  readonly plan: ChangePlan;
  readonly files: readonly PreparedFile[];
}

/**
 * Reads every file of the plan, makes the edits in memory and has an independent parser confirm them.
 * @throws Refusal with path, line and column when a file cannot be changed safely
 */
export async function prepareChange(fs: FileSystem, plan: ChangePlan): Promise<PreparedChange> {
  const files: PreparedFile[] = [];
  for (const planned of plan.files) files.push(await prepareFile(fs, planned));
  return { plan, files };
}

/** The same for the plans of one question, in their order. */
export async function prepareChanges(
  fs: FileSystem,
  plans: readonly ChangePlan[],
): Promise<PreparedChange[]> {
  const prepared: PreparedChange[] = [];
  for (const plan of plans) prepared.push(await prepareChange(fs, plan));
  return prepared;
}

/** The same for one file. @throws Refusal with its path */
export async function prepareFile(fs: FileSystem, planned: FileChange): Promise<PreparedFile> {
  try {
    const old = await readUserFile(fs, planned.path);
    const before = old?.bytes;
    const after = planned.kind === "replace" ? planned.content : editedContent(planned, before);
    const tightened = old && after && tightens(planned, old);
    const change = tightened ? "updated" : kindOfChange(before, after);
    if (old && change !== "unchanged") refuseToReplace(planned.path, old);
    const modes = { ...(old && { mode: old.mode }), ...(tightened && { tightened }) };
    return { planned, before, after, change, ...modes };
  } catch (error) {
    throw error instanceof Refusal ? error.at(planned.path) : error;
  }
}

/** A file with a key that others may read; Windows keeps no such permissions. */
function tightens(planned: FileChange, { mode }: UserFile): boolean {
  if (!planned.credential || (mode & 0o077) === 0 || process.platform === "win32") return false;
  // What only takes our key out has no say in how the rest is kept.
  return planned.kind === "replace" || planned.edits.some(({ kind }) => kind !== "remove");
}

function refuseToReplace(path: string, { mode, hardLinked }: UserFile): void {
  if (hardLinked) {
    const message = l10n.t(
      "{0} has more than one hard link, and replacing it would separate them. Make it a file of its own.",
      path,
    );
    throw new Refusal("change/hard-linked", message, { path });
  }
  // A new file could take the place of the protected one, but somebody protected it on purpose.
  if ((mode & 0o222) !== 0) return;
  const message = l10n.t("{0} is write-protected. Allow writing to it first.", path);
  throw new Refusal("change/no-permission", message, { path });
}

/** What the user should know before applying, beyond what the diff shows; localised. */
export function noticesOf({ plan, files }: PreparedChange): string[] {
  const tightened = files.filter((file) => file.tightened);
  return [
    ...plan.notices,
    ...tightened.map(({ planned }) =>
      l10n.t("{0}: only you may read it from now on.", basename(planned.path)),
    ),
  ];
}

/** True when there is nothing to write. */
export function isUnchanged(prepared: PreparedChange): boolean {
  return prepared.files.every(({ change }) => change === "unchanged");
}

function kindOfChange(before?: Uint8Array, after?: Uint8Array): PreparedFile["change"] {
  if (sameBytes(before, after)) return "unchanged";
  if (!before) return "created";
  return after ? "updated" : "deleted";
}

function editedContent(planned: EditedFile, before: Uint8Array | undefined): Uint8Array | undefined {
  const onlyRemoves = planned.edits.every(({ kind }) => kind === "remove");
  if (!before && onlyRemoves) return undefined;
  const source = before ? decode(before) : { byteOrderMark: false, text: planned.newFileText ?? "" };
  const text =
    planned.format === "toml"
      ? editToml(source.text, planned.edits)
      : editJson(source.text, planned.edits, { allowComments: planned.format === "jsonc" });
  verifyEdit(planned.format, source.text, text, planned.edits);
  // A file that was empty before is the user's own affair.
  if (planned.deleteWhenEmpty && text !== source.text && isEmptyDocument(text)) return undefined;
  // Without a change of content not even a fatal byte order mark is touched silently by a removal.
  const byteOrderMark = source.byteOrderMark && !(planned.dropByteOrderMark ?? false);
  return encode({ byteOrderMark, text });
}

function isEmptyDocument(text: string): boolean {
  return /^(?:\{\s*\})?$/.test(text.trim());
}

/**
 * Same change on the same bytes? Used to tell whether the preview still shows what would be written.
 * @returns path of the first file that differs
 */
export function firstDifference(
  now: Pick<PreparedChange, "files">,
  before: Pick<PreparedChange, "files">,
): string | undefined {
  const paths = new Set([...now.files, ...before.files].map(({ planned }) => planned.path));
  const fileAt = ({ files }: Pick<PreparedChange, "files">, path: string) =>
    files.find(({ planned }) => planned.path === path);
  return [...paths].find((path) => {
    const [one, other] = [fileAt(now, path), fileAt(before, path)];
    return !one || !other || !sameBytes(one.before, other.before);
  });
}

/**
 * Would other bytes be written than those that were shown, although the files are the same, or a file of which nothing
 * was shown, or is a key of another value now than the preview showed?
 * @returns path of the first such file
 */
export function firstUnseen(
  now: Pick<PreparedChange, "files">,
  shown: Pick<PreparedChange, "files">,
): string | undefined {
  const unseen = now.files.find((file) => {
    const seen = shown.files.find(({ planned }) => planned.path === file.planned.path);
    if (!seen || seen.change === "unchanged") return file.change !== "unchanged";
    const isAsBefore = sameBytes(file.before, seen.before);
    const isKnown = isAsBefore || sameBytes(file.before, seen.after);
    if (isKnown && sameBytes(file.after, seen.after)) return false;
    return isAsBefore || !isSameEffect(formatOf(file.planned) ?? formatOf(seen.planned), file, seen);
  });
  return unseen?.planned.path;
}

function formatOf(planned: FileChange): FileFormat | undefined {
  return planned.kind === "edit" ? planned.format : planned.keys?.format;
}

/** The refusal for a change that would not be the one that was shown: nothing is written, and it can be shown again. */
export class NotAsShown extends Refusal {
  constructor(path: string) {
    super(
      "change/changed-meanwhile",
      l10n.t(
        "Something changed meanwhile, and {0} would be changed in another way than planned. Check the changes again.",
        path,
      ),
      { path },
    );
  }
}

/** The refusal for a file that moved on while the user looked at the preview, again and again. */
export function changedMeanwhile(path: string): Refusal {
  return new Refusal(
    "change/changed-meanwhile",
    l10n.t("Another program keeps changing {0}. Try again.", path),
    {
      path,
    },
  );
}
