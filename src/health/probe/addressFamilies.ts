import { isIP } from "node:net";
import { measureReachability, type Reachability } from "./reachability";
import type { Route } from "../http/timedConnector";

const FAMILIES = [4, 6] as const;

export interface FamilyReachability extends Reachability {
  /** Of the Internet Protocol. `network/dns` as code: the name has no address of this family. */
  readonly family: (typeof FAMILIES)[number];
}

/**
 * Measures an endpoint once by IPv4 and once by IPv6, without the key. Programs choose one of them in
 * their own ways, so one that is broken makes a client hang whose neighbour works.
 *
 * @returns nothing where there is no choice: through a proxy, or for an endpoint given by number
 */
export async function measureAddressFamilies(
  baseUrl: string,
  route: Route,
  signal?: AbortSignal,
): Promise<FamilyReachability[]> {
  const hostname = new URL(baseUrl).hostname.replace(/^\[|\]$/g, "");
  if (route.proxy || isIP(hostname)) return [];
  const measured: FamilyReachability[] = [];
  for (const family of FAMILIES) {
    const result = await measureReachability(baseUrl, signal, { ...route, family });
    if (result) measured.push({ ...result, family });
  }
  return measured;
}
