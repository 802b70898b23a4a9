import type { FileSystem } from "../../src/changes/disk/userFile";
import { systemError } from "../unit/changes/temporaryStore";

export type Fault =
  /** The operation does nothing and fails. */
  | { readonly kind: "error"; readonly at: number; readonly code: string }
  /** It is done, and fails all the same, as when the answer of a network drive is lost. */
  | { readonly kind: "late error"; readonly at: number; readonly code: string }
  /** From here on nothing that takes space works. */
  | { readonly kind: "disk full"; readonly at: number }
  /** From here on nothing can be changed, as Linux does with a disk that has errors. */
  | { readonly kind: "read-only"; readonly at: number };

export const TAKING_SPACE: ReadonlySet<string> = new Set(["mkdir", "create", "writeFile"]);
export const CHANGING: ReadonlySet<string> = new Set([
  ...TAKING_SPACE,
  "rename",
  "rm",
  "rmdir",
  "unlink",
  "chmod",
  "chown",
]);

/** A file system in which one operation goes wrong; operations of open files count like any other. */
export class FaultyFileSystem {
  /** Name and first argument of every operation so far; operation 1 comes first. */
  readonly operations: string[] = [];

  /** @param look is called right before every operation */
  constructor(
    private readonly inner: FileSystem,
    private readonly fault?: Fault,
    private readonly look?: (operation: string) => void,
  ) {}

  get fs(): FileSystem {
    return this.wrap(this.inner, "");
  }

  private wrap<T extends object>(target: T, file: string): T {
    return new Proxy(target, {
      get: (_, name: string) => {
        const operation: unknown = Reflect.get(target, name);
        // Promises look for `then` on whatever they are resolved with.
        if (typeof operation !== "function") return operation;
        return (...args: unknown[]) => this.run(name, file, args, operation.bind(target) as Operation);
      },
    });
  }

  private async run(name: string, file: string, args: unknown[], operation: Operation): Promise<unknown> {
    const kind = name === "open" && args[1] === "wx" ? "create" : name;
    const place = file || String(args[0]);
    const number = this.operations.push(`${kind} ${place}`);
    this.look?.(`${kind} ${place}`);
    this.failBefore(kind, number);
    const result = await operation(...args);
    if (this.fault?.kind === "late error" && this.fault.at === number) throw systemError(this.fault.code);
    return name === "open" ? this.wrap(result as object, place) : result;
  }

  private failBefore(kind: string, number: number): void {
    const { fault } = this;
    if (!fault || number < fault.at) return;
    if (fault.kind === "error" && number === fault.at) throw systemError(fault.code);
    if (fault.kind === "disk full" && TAKING_SPACE.has(kind)) throw systemError("ENOSPC");
    if (fault.kind === "read-only" && CHANGING.has(kind)) throw systemError("EROFS");
  }
}

type Operation = (...args: unknown[]) => Promise<unknown>;
