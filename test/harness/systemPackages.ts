import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { run, runOrThrow } from "./run";

/**
 * Makes programs available: `{ program: Debian package }`. On Debian as root they are installed;
 * anywhere else the message says what is missing.
 */
export async function ensureDebianPackages(programs: Readonly<Record<string, string>>): Promise<void> {
  const missing: string[] = [];
  for (const [program, name] of Object.entries(programs)) {
    if ((await run("which", [program])).code !== 0) missing.push(name);
  }
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !fs.existsSync("/etc/debian_version")) {
    throw new Error(`Please install: ${missing.join(", ")}`);
  }
  console.log(`Installing Debian packages: ${missing.join(" ")}…`);
  await aptGet("update", "-qq");
  await aptGet("install", "-y", "-qq", "--no-install-recommends", ...missing);
}

/** Tests that run side by side come here at the same time, and apt waits for one of its locks only. */
async function aptGet(...args: string[]): Promise<void> {
  const lock = path.join(os.tmpdir(), "tpv-apt.lock");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runOrThrow("flock", [lock, "apt-get", "-o", "DPkg::Lock::Timeout=600", ...args], { env });
}
