import * as fs from "node:fs";
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
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runOrThrow("apt-get", ["update", "-qq"], { env });
  await runOrThrow("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], { env });
}
