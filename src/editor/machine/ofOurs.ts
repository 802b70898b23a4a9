import { readTextIfAny } from "../../changes/disk/readBytes";
import { exists } from "../../changes/disk/folders";
import { type ChangeStore, journalPath } from "../../changes/store";
import type { ClientEnvironment } from "../../clients/client";
import { keyFilePlaces } from "../../clients/opencode/state/home";
import { type BaseUrlCheck, ENDPOINTS } from "../../gateway/endpoints";
import { clientFiles } from "./clientFiles";
import type { ApiKeyStore } from "../keys/keyStore";

const LARGEST_BYTES = 1_000_000;

/** What has to be known to tell whether something here is ours. */
export interface OurPlaces {
  readonly changes: ChangeStore;
  readonly environment: () => ClientEnvironment;
  readonly apiKeys: Pick<ApiKeyStore, "all">;
}

/** Whether there is a stored key, the key file, or a journal of what we wrote. Needs no parser. */
export async function isAnythingOurs({ apiKeys, changes, environment }: OurPlaces): Promise<boolean> {
  if ((await apiKeys.all().catch(() => [])).length > 0) return true;
  const machine = environment();
  return isAny([...keyFilePlaces(machine), journalPath(changes)], (file) => exists(machine.fs, file));
}

/** Whether a file of a client's names the chosen endpoint or one of TokenPool's, as a text; starts nothing, needs no parser. */
export async function isEndpointNamed(
  environment: ClientEnvironment,
  chosen: BaseUrlCheck,
): Promise<boolean> {
  const addresses = [...ENDPOINTS.map(({ baseUrl }) => baseUrl), ...(chosen.valid ? [chosen.baseUrl] : [])];
  const hosts = addresses.map((address) => new URL(address).host);
  return isAny((await clientFiles(environment)).configs, async (file) => {
    const text = (await readTextIfAny(environment.fs, file, LARGEST_BYTES)) ?? "";
    return hosts.some((host) => text.includes(host));
  });
}

async function isAny(files: readonly string[], is: (file: string) => Promise<boolean>): Promise<boolean> {
  const answers = await Promise.all(files.map((file) => is(file).catch(() => false)));
  return answers.includes(true);
}
