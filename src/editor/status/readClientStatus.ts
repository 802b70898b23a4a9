import { isAnythingOurs, isEndpointNamed, type OurPlaces } from "../machine/ofOurs";
import type { Diagnosis } from "../diagnosis/diagnosis";
import { settings } from "../settings";
import { NOTHING_KNOWN } from "./statusBar";
import type { ClientStatus } from "./statusTooltip";

/**
 * What the status bar tells of the clients. Parsers and rules are loaded only where something is ours, or where a
 * client's file names an endpoint: most windows of somebody without a key have nothing to tell.
 */
export async function readClientStatus(
  services: OurPlaces & { readonly diagnosis: Pick<Diagnosis, "look"> },
): Promise<ClientStatus> {
  const isOurs = await isAnythingOurs(services);
  if (!isOurs && !(await isEndpointNamed(services.environment(), settings.baseUrl()))) return NOTHING_KNOWN;
  const { clientStatusOf } = await import("./clientStatus");
  return clientStatusOf(await services.diagnosis.look("files"));
}
