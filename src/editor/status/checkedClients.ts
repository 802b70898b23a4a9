import { programVersions } from "../../clients/machine/programVersions";
import { inspectCodex } from "../../clients/codex/state/state";
import type { ClientEnvironment } from "../../clients/client";

export { networkFor } from "../machine/networkSettings";

/** Gateways answer to any version alike; this is one that knows the list of models. */
const USUAL_VERSION = "0.169.0";

/** Codex's address for the provider it uses; undefined: none. */
export async function codexAddress(environment: ClientEnvironment): Promise<string | undefined> {
  return (await inspectCodex(environment, "")).baseUrl;
}

/** Of the first Codex on the PATH. */
export async function codexVersion(environment: ClientEnvironment): Promise<string> {
  const [version] = await programVersions(environment, "codex");
  return version ?? USUAL_VERSION;
}
