import * as path from "node:path";
import type { FileSystem } from "../../../src/changes/disk/userFile";
import { systemError } from "./temporaryStore";

/** What of the work that no fsync has secured is still there after a power failure. */
export type Survival =
  | "nothing"
  /** New, changed and deleted names, but no contents: those files are empty. */
  | "names"
  /** New names, no deletions, no contents. */
  | "new names";

interface Saved {
  readonly content: Uint8Array;
  readonly mode: number;
}

class File {
  readonly kind = "file";
  saved: Saved = { content: new Uint8Array(), mode: 0o600 };
  mtimeMs = Date.now();
  constructor(
    public content: Uint8Array,
    public mode: number,
  ) {}

  copy(): File {
    return Object.assign(new File(this.content, this.mode), { saved: this.saved, mtimeMs: this.mtimeMs });
  }

  sync(): void {
    this.saved = { content: this.content, mode: this.mode };
  }
}

class Folder {
  readonly kind = "folder";
  readonly entries = new Map<string, Node>();
  private saved = new Map<string, Node>();
  constructor(readonly mode: number) {}

  /** @param copies of the nodes met so far: renamed ones have more than one name until they are secured */
  copy(copies: Map<Node, Node>): Folder {
    const copyOf = (node: Node): Node => {
      const copy = copies.get(node) ?? copyNode(node, copies);
      copies.set(node, copy);
      return copy;
    };
    const folder = new Folder(this.mode);
    for (const [name, node] of this.entries) folder.entries.set(name, copyOf(node));
    for (const [name, node] of this.saved) folder.saved.set(name, copyOf(node));
    return folder;
  }

  sync(): void {
    this.saved = new Map(this.entries);
  }

  losePower(survival: Survival): void {
    const kept = {
      nothing: this.saved,
      names: new Map(this.entries),
      "new names": new Map([...this.saved, ...this.entries]),
    }[survival];
    this.entries.clear();
    for (const [name, node] of kept) {
      this.entries.set(name, node);
      if (node.kind === "folder") node.losePower(survival);
      if (node.kind === "file") ({ content: node.content, mode: node.mode } = node.saved);
    }
    this.sync();
  }
}

class Link {
  readonly kind = "link";
  constructor(readonly target: string) {}
}

type Node = File | Folder | Link;

function copyNode(node: Node, copies: Map<Node, Node>): Node {
  if (node.kind === "link") return node;
  return node.kind === "file" ? node.copy() : node.copy(copies);
}

/**
 * A file system in memory, as far as the change pipeline asks for one: with folders, symbolic links and
 * permissions, and with the difference between what is written and what a power failure leaves.
 */
export class MemoryFileSystem {
  constructor(private readonly root = new Folder(0o755)) {}

  copy(): MemoryFileSystem {
    return new MemoryFileSystem(this.root.copy(new Map()));
  }

  /** As node:fs/promises has them; the overloads that nobody calls are left out. */
  get fs(): FileSystem {
    const operations = {
      mkdir: later((folder: string, { mode }: { mode: number }) => this.makeFolders(folder, mode)),
      open: later((file: string, flags: string | number, mode?: number) => this.open(file, flags, mode)),
      readdir: later((folder: string) => [...this.folder(folder).entries.keys()]),
      readlink: later((file: string) => {
        const node = this.lookUp(file);
        if (node.kind !== "link") throw systemError("EINVAL");
        return node.target;
      }),
      realpath: later((file: string) => this.realPath(file)),
      rename: later((from: string, to: string) => {
        const node = this.lookUp(from);
        this.parent(to).entries.set(path.basename(to), node);
        this.parent(from).entries.delete(path.basename(from));
      }),
      rm: later((file: string) => void this.parent(file).entries.delete(path.basename(file))),
      rmdir: later((folder: string) => {
        const { kind } = this.lookUp(folder);
        if (kind !== "folder") throw systemError("ENOTDIR");
        if (this.folder(folder).entries.size > 0) throw systemError("ENOTEMPTY");
        this.parent(folder).entries.delete(path.basename(folder));
      }),
      stat: later((file: string) => new Status(this.lookUp(this.realPath(file)))),
      unlink: later((file: string) => {
        if (this.lookUp(file).kind === "folder") throw systemError("EISDIR");
        this.parent(file).entries.delete(path.basename(file));
      }),
    };
    return operations as unknown as FileSystem;
  }

  /** Content of a file, undefined when there is none. */
  read(file: string): string | undefined {
    return this.exists(file) ? Buffer.from(this.file(file).content).toString() : undefined;
  }

  /** Puts a file in place, with its folders, as if it had been there for long. */
  write(file: string, content: string | Uint8Array, mode = 0o644): void {
    this.makeFolders(path.dirname(file), 0o755);
    const node = new File(Buffer.from(content), mode);
    node.sync();
    this.parent(file).entries.set(path.basename(file), node);
    this.sync(this.root);
  }

  link(file: string, target: string): void {
    this.makeFolders(path.dirname(file), 0o755);
    this.parent(file).entries.set(path.basename(file), new Link(target));
    this.sync(this.root);
  }

  /** Every file, link and empty folder below a folder, with its permissions and content. */
  list(folder: string): Record<string, string> {
    const found: Record<string, string> = {};
    if (!this.exists(folder)) return found;
    for (const [name, node] of this.folder(folder).entries) {
      const full = path.join(folder, name);
      if (node.kind === "link") found[full] = `link ${node.target}`;
      else if (node.kind === "file")
        found[full] = `${node.mode.toString(8)} ${Buffer.from(node.content).toString()}`;
      else if (node.entries.size === 0) found[full] = "empty folder";
      else Object.assign(found, this.list(full));
    }
    return found;
  }

  losePower(survival: Survival): void {
    this.root.losePower(survival);
  }

  private exists(file: string): boolean {
    return this.walk(file).node !== undefined;
  }

  private sync(folder: Folder): void {
    folder.sync();
    for (const node of folder.entries.values()) if (node.kind === "folder") this.sync(node);
  }

  private open(file: string, flags: string | number, mode = 0o666): object {
    const node = flags === "wx" ? this.create(file, mode) : this.lookUp(this.realPath(file));
    if (node.kind === "link") throw systemError("ELOOP");
    return {
      writeFile: later((bytes: Uint8Array) => {
        if (node.kind !== "file") throw systemError("EISDIR");
        node.content = Uint8Array.from(bytes);
      }),
      read: later((into: Uint8Array, at: number, length: number, from: number) => {
        if (node.kind !== "file") throw systemError("EISDIR");
        const bytes = node.content.subarray(from, from + length);
        into.set(bytes, at);
        return { bytesRead: bytes.length };
      }),
      chown: later(() => undefined),
      chmod: later((wanted: number) => {
        if (node.kind === "file") node.mode = wanted;
      }),
      stat: later(() => new Status(node)),
      sync: later(() => node.sync()),
      close: later(() => undefined),
    };
  }

  private create(file: string, mode: number): File {
    const { entries } = this.parent(file);
    const name = path.basename(file);
    if (entries.has(name)) throw systemError("EEXIST");
    const node = new File(new Uint8Array(), mode);
    entries.set(name, node);
    return node;
  }

  private makeFolders(folder: string, mode: number): string | undefined {
    if (this.exists(folder)) {
      this.folder(folder);
      return undefined;
    }
    const first = this.makeFolders(path.dirname(folder), mode);
    this.parent(folder).entries.set(path.basename(folder), new Folder(mode));
    return first ?? folder;
  }

  private parent(file: string): Folder {
    return this.folder(path.dirname(file));
  }

  private folder(folder: string): Folder {
    const { node } = this.walk(folder);
    if (!node) throw systemError("ENOENT");
    if (node.kind !== "folder") throw systemError("ENOTDIR");
    return node;
  }

  private file(file: string): File {
    const { node } = this.walk(file);
    if (!node) throw systemError("ENOENT");
    if (node.kind !== "file") throw systemError("EISDIR");
    return node;
  }

  /** The node of a name whose folders may be behind links; a link as the last part is not followed. */
  private lookUp(file: string): Node {
    const node = path.dirname(file) === file ? this.root : this.parent(file).entries.get(path.basename(file));
    if (!node) throw systemError("ENOENT");
    return node;
  }

  private realPath(file: string): string {
    const { real, node } = this.walk(file);
    if (!node) throw systemError("ENOENT");
    return real;
  }

  /** Follows all links. Without a node there is nothing, or something on the way that is no folder. */
  private walk(file: string, links = 0): { real: string; node?: Node } {
    let real = "";
    let node: Node | undefined = this.root;
    const names = file.split("/").filter((name) => name !== "");
    for (const [index, name] of names.entries()) {
      node = node.kind === "folder" ? node.entries.get(name) : undefined;
      if (!node) return { real: file };
      if (node.kind === "link") {
        if (links > 40) throw systemError("ELOOP");
        const rest = names.slice(index + 1);
        return this.walk(path.resolve(real || "/", node.target, ...rest), links + 1);
      }
      real = `${real}/${name}`;
    }
    return { real: real || "/", node };
  }
}

// The owner is always the one who looks.
const OWNER = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

/** A class, because these are made by the million, and spreading objects is slow. */
class Status {
  readonly dev = 1;
  readonly nlink = 1;
  readonly uid = OWNER.uid;
  readonly gid = OWNER.gid;
  readonly ino: number;
  readonly size: number;
  readonly mode: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  constructor(private readonly node: Node) {
    const file = node.kind === "file" ? node : undefined;
    this.ino = numberOf(node);
    this.size = file?.content.length ?? 0;
    this.mode = node.kind === "link" ? 0o777 : node.mode;
    this.mtimeMs = file?.mtimeMs ?? 0;
    this.ctimeMs = file ? numberOf(file.content) + file.mode / 0o10000 : 0;
  }

  isFile(): boolean {
    return this.node.kind === "file";
  }

  isDirectory(): boolean {
    return this.node.kind !== "file";
  }
}

const numbers = new WeakMap<object, number>();
let latest = 0;

/** Each thing has its own: a file that was written or replaced is known by it, however fast that went. */
function numberOf(thing: object): number {
  const number = numbers.get(thing) ?? ++latest;
  numbers.set(thing, number);
  return number;
}

/** What throws when it is called rejects instead, as everything of node:fs/promises does. */
function later<A extends unknown[], R>(run: (...args: A) => R): (...args: A) => Promise<R> {
  return (...args) =>
    new Promise((resolve) => {
      resolve(run(...args));
    });
}
