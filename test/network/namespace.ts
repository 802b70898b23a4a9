import * as fs from "node:fs";
import { ROOT } from "../harness/paths";
import { runOrThrow } from "../harness/run";
import type { Group } from "./row";

/** An address in the namespace that no program takes for loopback. */
export const OWN_ADDRESS = "10.20.30.40";

/** A network and a file system of one's own, which change nothing for anybody else: only root may make them. */
const hasNamespaces = process.getuid?.() === 0 && fs.existsSync("/etc/debian_version");

/** Whether this machine can give a group what it needs. */
export const isPossible = ({ namespace }: Group): boolean => !namespace || hasNamespaces;

/**
 * Asks the rows of a group in namespaces of their own. There only loopback is up, `mount --bind` covers a
 * file for this program and its children alone, and port 53 is free.
 */
export async function askInNamespace<T>(who: "clients" | "probe", { title }: Group): Promise<T> {
  const setUp = `ip link set lo up && ip address add ${OWN_ADDRESS}/32 dev lo && exec "$@"`;
  const inside = [process.execPath, "--import", "tsx", "test/network/inside.ts", who, title];
  const printed = await runOrThrow("unshare", ["-n", "-m", "sh", "-c", setUp, "sh", ...inside], {
    cwd: ROOT,
  });
  return JSON.parse(printed) as T;
}
