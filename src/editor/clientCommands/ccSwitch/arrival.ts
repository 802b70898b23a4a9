import { type Arrival, arrivalSince, type CcSwitchMark, markOf } from "../../../clients/ccswitch/arrival";
import { inspectCcSwitch } from "../../../clients/ccswitch/state";
import type { ClientEnvironment } from "../../../clients/client";

/** CC Switch asks its user, who has to read first. */
const WATCH_MS = 60_000;
const INTERVAL_MS = 1_000;

/**
 * Looks for a while whether CC Switch takes TokenPool. A card that is saved may be switched to at once, so what was
 * saved is told only at the end.
 * @param before as it was before the link went out
 * @param baseUrl the address in the link
 */
export async function watchCcSwitch(
  environment: ClientEnvironment,
  before: CcSwitchMark,
  baseUrl: string,
): Promise<Arrival | undefined> {
  const end = Date.now() + WATCH_MS;
  let arrival: Arrival | undefined;
  while (arrival !== "current" && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS).unref());
    const now = await inspectCcSwitch(environment);
    arrival = arrivalSince(before, await markOf(environment.fs, now, baseUrl), now);
  }
  return arrival;
}
