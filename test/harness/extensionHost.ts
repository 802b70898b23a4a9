import * as fs from "node:fs";

/**
 * The most memory that this VS Code's extension host has held so far.
 * @param home the home directory it runs with; other VS Codes may run beside it
 * @returns bytes
 */
export function peakMemoryOfHost(home: string): number {
  const status = fs.readFileSync(`/proc/${hostOf(home)}/status`, "utf8");
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error("the extension host has ended");
  return Number(kilobytes) * 1024;
}

/** The environment that VS Code gave this extension host. */
export function variablesOfHost(home: string): NodeJS.ProcessEnv {
  return variablesOf(hostOf(home));
}

/** The process ids of the extension hosts that run with this home directory. */
export function hostsOf(home: string): readonly string[] {
  return fs.readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isHost(pid, home));
}

function hostOf(home: string): string {
  const hosts = hostsOf(home);
  const [host] = hosts;
  if (host === undefined || hosts.length > 1) throw new Error(`there are ${hosts.length} extension hosts`);
  return host;
}

function isHost(pid: string, home: string): boolean {
  try {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return command.includes("--type=extensionHost") && variablesOf(pid).HOME === home;
  } catch {
    // It has ended since the folder was listed.
    return false;
  }
}

function variablesOf(pid: string): NodeJS.ProcessEnv {
  const lines = fs.readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  const pairs = lines.map((line): [string, string] => {
    const [name = ""] = line.split("=", 1);
    return [name, line.slice(name.length + 1)];
  });
  return Object.fromEntries(pairs);
}
