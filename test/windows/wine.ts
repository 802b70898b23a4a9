import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type RunResult, run } from "../harness/run";

export interface WineOptions {
  /** The folder with `root`, `prefix` and `node_modules`. */
  readonly runtime: string;
  /** The prefix itself is written; else a throw-away layer over it. */
  readonly makesPrefix?: boolean;
  /** Folders whose files, the first's before those of the next, are shown as `Z:\tree`. */
  readonly tree?: readonly string[];
}

export interface WineRunOptions {
  /** As seen from within. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Wine's own server broke down, which it does once in many hours of tests: of what ran in it nothing is known. */
export class WineCrashed extends Error {}

/** What every program of such a Wine is left with; none of them ends then. */
const CRASHED = /^wineserver crashed/m;

/**
 * A Windows that lasts until it is stopped: Wine in namespaces of its own, so that no process of it outlives the
 * test run and two runs know nothing of each other. Whatever it writes outside of `shared` is thrown away.
 * From within: `Z:\runtime` (node_modules), `Z:\tree`, `Z:\shared`.
 */
export class Wine {
  /** Not root: for root a read-only file is writable. */
  static readonly USER = 1000;

  private count = 0;

  private constructor(
    private readonly holder: ChildProcess,
    /** The first process within, as this machine counts. */
    private readonly inside: string,
    private readonly scratch: string,
  ) {}

  static async start({ runtime, makesPrefix = false, tree = [] }: WineOptions): Promise<Wine> {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "tokenpool-windows-"));
    for (const name of ["layers", "root", "shared", "output"]) fs.mkdirSync(path.join(scratch, name));
    fs.chownSync(path.join(scratch, "shared"), Wine.USER, Wine.USER);
    const args = [HOLD, "-", scratch, runtime, makesPrefix ? "yes" : "no", tree.join(":")];
    const unshare = ["--mount", "--pid", "--fork", "--kill-child", "sh", "-euc"];
    // It ends with this process: what it waits for is the end of its input.
    const holder = spawn("unshare", [...unshare, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    let said = "";
    let failed = "";
    holder.stderr.on("data", (chunk: Buffer) => (failed += chunk.toString()));
    const inside = await new Promise<string>((resolve, reject) => {
      holder.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const pid = /^ready (\d+)$/m.exec(said)?.[1];
        if (pid !== undefined) resolve(pid);
      });
      holder.once("error", reject);
      holder.once("exit", () => reject(new Error(`Wine's room could not be made: ${failed}`)));
    });
    return new Wine(holder, inside, scratch);
  }

  /** A folder of this machine that is `Z:\shared` within, and that both sides may write. */
  get shared(): string {
    return path.join(this.scratch, "shared");
  }

  /**
   * Runs a Windows program by its path within, to its end.
   * @throws WineCrashed
   */
  async exe(file: string, args: readonly string[], options: WineRunOptions = {}): Promise<RunResult> {
    return this.run("/usr/lib/wine/wine64", [`Z:${file.replaceAll("/", "\\")}`, ...args], options);
  }

  /** Runs a program of the system within. Its output goes through files: Node for Windows answers EBADF to a Unix pipe. */
  async run(program: string, args: readonly string[], options: WineRunOptions = {}): Promise<RunResult> {
    const output = path.join(this.scratch, "output", String(this.count++));
    const read = (name: string) => (fs.existsSync(name) ? fs.readFileSync(name, "utf8") : "");
    let watch: NodeJS.Timeout | undefined;
    const crashed = new Promise<never>((_, reject) => {
      watch = setInterval(() => {
        if (CRASHED.test(read(`${output}.err`))) reject(new WineCrashed("Wine crashed."));
      }, 1_000);
    });
    const ended = run("nsenter", this.enter(program, args, output, options), {
      env: { PATH: process.env.PATH },
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
    });
    const { code, stderr } = await Promise.race([ended, crashed]).finally(() => clearInterval(watch));
    return { code, stdout: read(`${output}.out`), stderr: read(`${output}.err`) + stderr };
  }

  private enter(
    program: string,
    args: readonly string[],
    output: string,
    { cwd = "/", env = {} }: WineRunOptions,
  ): string[] {
    const variables = { ...VARIABLES, ...env };
    const user = `${Wine.USER}:${Wine.USER}`;
    return [
      `--target=${this.inside}`,
      "--mount",
      "--pid",
      "sh",
      "-c",
      'out=$1; shift; exec "$@" >"$out.out" 2>"$out.err"',
      "-",
      output,
      "chroot",
      `--userspec=${user}`,
      path.join(this.scratch, "root"),
      "/usr/bin/env",
      "-i",
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      "/bin/sh",
      "-c",
      'cd "$0" && exec "$@"',
      cwd,
      program,
      ...args,
    ];
  }

  async stop(): Promise<void> {
    const gone = once(this.holder, "exit");
    this.holder.stdin?.end();
    await gone;
    fs.rmSync(this.scratch, { recursive: true, force: true });
  }
}

const VARIABLES = {
  HOME: "/home",
  USER: "tester",
  LOGNAME: "tester",
  LC_ALL: "C.UTF-8",
  WINEPREFIX: "/prefix",
  WINEDEBUG: "-all",
};

/** Builds the room: scratch, runtime, whether the prefix is made, layers of the tree. */
const HOLD = `
scratch=$1 runtime=$2 makes=$3 tree=$4
root=$scratch/root layers=$scratch/layers
mount -t tmpfs -o mode=755 tmpfs "$layers"
mount --rbind "$runtime/root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o uid=1000,gid=1000,mode=700 tmpfs "$root/home"
mount --bind "$scratch/shared" "$root/shared"
if [ -d "$runtime/node_modules" ]; then mount --bind "$runtime/node_modules" "$root/runtime"; fi
if [ "$makes" = yes ]; then
  mount --bind "$runtime/prefix" "$root/prefix"
else
  mkdir "$layers/prefix" "$layers/prefix.work"
  chown 1000:1000 "$layers/prefix"
  mount -t overlay overlay -o "lowerdir=$runtime/prefix,upperdir=$layers/prefix,workdir=$layers/prefix.work" "$root/prefix"
fi
if [ -n "$tree" ]; then mount -t overlay overlay -o "lowerdir=$tree" "$root/tree"; fi
read -r pid rest </proc/self/stat
echo "ready $pid"
exec cat >/dev/null
`;
