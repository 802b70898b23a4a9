import { readTextIfAny } from "../../changes/disk/readBytes";
import type { ClientEnvironment } from "../client";

/** Name of the process; Linux cuts names at 15 characters, and this one is shorter. */
const PROCESS = "cc-switch\n";

const LARGEST_NAME_BYTES = 1024;

/**
 * Whether CC Switch runs, as far as files tell; nothing is started for it.
 * @returns undefined where it cannot be seen: Windows and macOS name no process in a file, and a sandbox shows
 * only its own
 */
export async function isCcSwitchRunning(
  { fs, platform, variables }: Pick<ClientEnvironment, "fs" | "platform" | "variables">,
  processes = "/proc",
): Promise<boolean | undefined> {
  if (platform !== "linux" || variables.FLATPAK_ID || variables.WSL_DISTRO_NAME) return undefined;
  const ids = (await fs.readdir(processes).catch(() => [])).filter((name) => /^\d+$/.test(name));
  if (ids.length === 0) return undefined;
  // One after the other would take a while on a machine with thousands.
  const names = await Promise.all(
    // A process may end between the two looks.
    ids.map((id) => readTextIfAny(fs, `${processes}/${id}/comm`, LARGEST_NAME_BYTES)),
  );
  return names.includes(PROCESS);
}
