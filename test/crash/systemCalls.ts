import * as fs from "node:fs/promises";
import { run } from "../harness/run";

/** Calls that change what is on the disk or secure it. `openat` is here because it creates files. */
const CALLS = "openat,write,fsync,rename,unlink,mkdir,rmdir,fchmod,fchown";

/** One call of a program on the files of a test. */
export interface SystemCall {
  readonly name: string;
  /** How many of this name its thread made before, plus 1: so strace counts. */
  readonly number: number;
  /** The call's arguments, without what differs from run to run. */
  readonly place: string;
}

export interface TracedRun {
  /** -1: killed. */
  readonly code: number;
  readonly output: string;
  readonly calls: readonly SystemCall[];
}

/** What goes wrong in one call: the process is killed before it, or it fails with an error. */
export interface Injection {
  readonly call: SystemCall;
  readonly effect: "signal=KILL" | `error=${string}`;
}

/** strace counts per thread: with two threads at work, nobody can say which call was hit. */
export class TwoThreadsAtWork extends Error {}

/**
 * Runs a Node program under strace.
 * @param root only calls on files below it are returned
 * @param log where strace writes; overwritten
 * @throws TwoThreadsAtWork
 */
export async function trace(
  args: readonly string[],
  root: string,
  log: string,
  injection?: Injection,
): Promise<TracedRun> {
  const inject = injection
    ? ["-e", `inject=${injection.call.name}:${injection.effect}:when=${injection.call.number}`]
    : [];
  const strace = ["-f", "-qq", "-y", "-o", log, "-e", `trace=${CALLS}`, ...inject];
  // All file operations in one thread and through system calls, so that every run makes the same ones.
  const env = { ...process.env, UV_THREADPOOL_SIZE: "1", UV_USE_IO_URING: "0" };
  const { code, stdout, stderr } = await run("strace", [...strace, process.execPath, ...args], { env });
  return {
    code,
    output: stdout + stderr,
    calls: parse(await fs.readFile(log, "utf8").catch(() => ""), root),
  };
}

/** @throws TwoThreadsAtWork when another thread comes as far as the one at work: it would be hit as well */
function parse(log: string, root: string): SystemCall[] {
  const numbers = new Map<string, number>();
  const calls: (SystemCall & { thread: string })[] = [];
  for (const line of log.split("\n")) {
    // Lines of calls that another thread interrupted come twice; the second begins with `<...`.
    const [, thread = "", name = "", rest = ""] = /^(\d+) +(\w+)\((.*)$/.exec(line) ?? [];
    if (!name) continue;
    const number = (numbers.get(`${thread} ${name}`) ?? 0) + 1;
    numbers.set(`${thread} ${name}`, number);
    // To be killed before a file is only read is to be killed after what came before.
    if (name === "openat" && !rest.includes("O_CREAT")) continue;
    if (rest.includes(root)) calls.push({ thread, name, number, place: placeOf(rest, root) });
  }
  for (const [key, count] of numbers) {
    const [thread, name] = key.split(" ");
    const inReach = calls.find(
      (call) => call.thread !== thread && call.name === name && call.number <= count,
    );
    if (inReach) throw new TwoThreadsAtWork(`${key} comes to ${count}\n${linesOf(log, name ?? "")}`);
  }
  return calls;
}

function linesOf(log: string, name: string): string {
  const lines = log.split("\n").filter((line) => line.includes(name));
  return lines.join("\n");
}

/** The paths below the root; the names of pending files, backups and claims hold something random. */
function placeOf(args: string, root: string): string {
  const paths = args.split(/["<>]/).filter((part) => part.startsWith(root));
  return [...new Set(paths)]
    .map((file) => file.slice(root.length).replace(/\d{17}-[0-9a-f]{6}|(?<=locks\/).*/g, "*"))
    .join(" ");
}
