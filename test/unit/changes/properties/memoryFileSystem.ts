import * as path from "node:path";
import type { FileSystem } from "../../../../src/changes/userFile";
import { systemError } from "../temporaryStore";

/** Files in memory: thousands of changes in a second. Knows only what the change pipeline asks for. */
export class MemoryFileSystem {
  readonly files = new Map<string, Uint8Array>();
  private readonly folders = new Set<string>();

  /** As node:fs/promises has them; the overloads that nobody calls are left out. */
  get fs(): FileSystem {
    const operations = {
      mkdir: (folder: string) => Promise.resolve(void this.folders.add(folder)),
      open: (file: string, flags: string) => this.open(file, flags),
      readFile: (file: string, encoding?: BufferEncoding) =>
        this.load(file).then((bytes) => (encoding ? Buffer.from(bytes).toString(encoding) : bytes)),
      readdir: (folder: string) =>
        Promise.resolve(
          [...this.files.keys()]
            .filter((file) => path.dirname(file) === folder)
            .map((file) => path.basename(file)),
        ),
      readlink: () => Promise.reject(systemError("EINVAL")),
      realpath: (file: string) =>
        this.folders.has(file) ? Promise.resolve(file) : this.load(file).then(() => file),
      rename: async (from: string, to: string) => {
        this.files.set(to, await this.load(from));
        this.files.delete(from);
      },
      rm: (file: string) => Promise.resolve(void this.files.delete(file)),
      stat: async (file: string) => {
        const { length: size } = await this.load(file);
        return { isFile: () => true, nlink: 1, size, mode: 0o100600, uid: 0, gid: 0, mtimeMs: 0 };
      },
      unlink: async (file: string) => {
        await this.load(file);
        this.files.delete(file);
      },
    };
    return operations as unknown as FileSystem;
  }

  private load(file: string): Promise<Uint8Array> {
    const bytes = this.files.get(file);
    return bytes ? Promise.resolve(bytes) : Promise.reject(systemError("ENOENT"));
  }

  private open(file: string, flags: string) {
    if (flags === "wx" && this.files.has(file)) return Promise.reject(systemError("EEXIST"));
    if (flags === "wx") this.files.set(file, new Uint8Array());
    const nothing = () => Promise.resolve();
    return Promise.resolve({
      writeFile: (bytes: Uint8Array) => Promise.resolve(void this.files.set(file, Uint8Array.from(bytes))),
      chown: nothing,
      chmod: nothing,
      sync: nothing,
      close: nothing,
    });
  }
}
