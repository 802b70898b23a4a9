import * as path from "node:path";
import { readBytes } from "../../../changes/disk/readBytes";
import type { FileSystem } from "../../../changes/disk/userFile";
import { holdsKey } from "./keyInText";

/** No file that people write by hand is larger. */
export const LARGEST_BYTES = 1_000_000;

/** Of a checkout with more changes, such as one with a forgotten folder of dependencies, only these are read. */
const MOST_FILES = 1_000;

/** The next commit would hold them, so all are read: as many as VS Code's Git extension tells of by default. */
const MOST_STAGED = 10_000;

/** Git is started for each of these, so that only a few are asked for in one look. */
const MOST_FROM_HEAD = 50;

/** How far the key has got on its way into the history. */
export type KeyStage = "untracked" | "changed" | "staged" | "committed";

/** A file with a stored key in a Git repository. */
export interface KeyPlace {
  readonly path: string;
  readonly stage: KeyStage;
}

/** One file of a repository that differs from the last commit. */
export interface ChangedFile {
  readonly path: string;
  readonly staged: boolean;
  /** Differs from what is staged. */
  readonly unstaged: boolean;
  readonly untracked: boolean;
}

/** A repository as VS Code's Git extension knows it. */
export interface RepositoryView {
  /** The commit that is checked out; undefined before the first. */
  readonly head: string | undefined;
  readonly changes: readonly ChangedFile[];
  /** Absolute paths of the files that differ between two commits. */
  readonly changedBetween: (from: string, to: string) => Promise<readonly string[]>;
  /** Text of a file in the last commit or as it is staged; undefined where it is not there or too large. */
  readonly textIn: (where: "head" | "index", path: string) => Promise<string | undefined>;
}

/** Looks for the stored keys in one repository, again and again; reads only what has changed since the last look. */
export class KeySearch {
  private readonly read = new Map<string, { readonly version: string; readonly holds: boolean }>();
  private readonly inHead = new Map<string, boolean>();
  private readonly committed = new Set<string>();
  private head: string | undefined;

  private readonly apiKeys: readonly string[];

  constructor(
    private readonly fs: Pick<FileSystem, "stat" | "open" | "realpath">,
    ...apiKeys: readonly string[]
  ) {
    this.apiKeys = apiKeys;
  }

  async find(repository: RepositoryView): Promise<KeyPlace[]> {
    await this.followHead(repository);
    const staged = repository.changes.filter((file) => file.staged).slice(0, MOST_STAGED);
    const others = repository.changes.filter((file) => !file.staged).slice(0, MOST_FILES);
    const changes = [...staged, ...others];
    const places: KeyPlace[] = [];
    let asked = 0;
    for (const file of changes) {
      const isCommitted =
        hasHistory(file) && asked++ < MOST_FROM_HEAD && (await this.isInHead(repository, file.path));
      if (isCommitted) this.committed.add(file.path);
      const stage = isCommitted ? "committed" : await this.stageOf(repository, file);
      if (stage) places.push({ path: file.path, stage });
    }
    const dirty = new Set(changes.map(({ path }) => path));
    for (const path of this.committed) {
      // A file without changes is what the last commit holds.
      if (dirty.has(path)) continue;
      if (await this.isInFile(path)) places.push({ path, stage: "committed" });
      else this.committed.delete(path);
    }
    return places;
  }

  /** New commits: their files are worth a look. */
  private async followHead({ head, changedBetween }: RepositoryView): Promise<void> {
    if (head === this.head) return;
    // The first commit has nothing to be compared with.
    const paths =
      this.head === undefined || head === undefined
        ? [...this.read.keys()]
        : await changedBetween(this.head, head);
    for (const path of paths.slice(0, MOST_FILES)) this.committed.add(path);
    this.inHead.clear();
    this.head = head;
  }

  private async stageOf(repository: RepositoryView, file: ChangedFile): Promise<KeyStage | undefined> {
    const isInFile = await this.isInFile(file.path);
    if (file.staged) {
      const isStaged = file.unstaged ? this.holds(await repository.textIn("index", file.path)) : isInFile;
      if (isStaged) return "staged";
    }
    if (!isInFile || !file.unstaged) return undefined;
    return file.untracked ? "untracked" : "changed";
  }

  private async isInHead(repository: RepositoryView, path: string): Promise<boolean> {
    const known = this.inHead.get(path) ?? this.holds(await repository.textIn("head", path));
    this.inHead.set(path, known);
    return known;
  }

  private async isInFile(path: string): Promise<boolean> {
    const info = await this.fs.stat(path).catch(() => undefined);
    if (!info?.isFile() || info.size > LARGEST_BYTES) return false;
    const version = `${info.mtimeMs} ${info.size}`;
    const known = this.read.get(path);
    if (known?.version === version) return known.holds;
    // Of a link Git keeps only where it leads.
    if (await isLink(this.fs, path)) return false;
    const { bytes } = await readBytes(this.fs, path, LARGEST_BYTES).catch(() => ({
      bytes: new Uint8Array(),
    }));
    const holds = this.holds(Buffer.from(bytes).toString("latin1"));
    this.read.set(path, { version, holds });
    return holds;
  }

  private holds(text: string | undefined): boolean {
    return text !== undefined && this.apiKeys.some((apiKey) => holdsKey(text, apiKey));
  }
}

/** Upper and lower case and the spelling of accents are the file system's affair. */
async function isLink(fs: Pick<FileSystem, "realpath">, file: string): Promise<boolean> {
  const alike = (name: string) => path.basename(name).normalize().toLowerCase();
  try {
    const [real, folder] = await Promise.all([fs.realpath(file), fs.realpath(path.dirname(file))]);
    return path.dirname(real) !== folder || alike(real) !== alike(file);
  } catch {
    return false;
  }
}

/** The last commit knows the file, as far as can be told without asking Git. */
function hasHistory({ staged, untracked }: ChangedFile): boolean {
  return staged || !untracked;
}
