import type { ClientState } from "../../clients/client";
import { type BaseUrlCheck, checkBaseUrl, isOwnDomain, isTokenPoolBaseUrl } from "../../gateway/endpoints";
import { meantHost, misspelledOfficial } from "../../gateway/meantEndpoint";

/** True for an address at TokenPool, be it a working one or not: it tells what the user meant. */
export function isTokenPoolAddress(address: string): boolean {
  const host = meantHost(address);
  return host !== undefined && (isOwnDomain(hostnameOf(host)) || misspelledOfficial(host) !== undefined);
}

/** The same, or the address that the user chose, be it spelled right or not. */
export function isOurAddress(address: string, chosen: BaseUrlCheck): boolean {
  if (isTokenPoolAddress(address)) return true;
  if (!chosen.valid) return false;
  return isTokenPoolBaseUrl(address, chosen.baseUrl) || isChosenMisspelled(address, chosen.baseUrl);
}

/** Another path at the same host may be another API; what no client can use is none. */
function isChosenMisspelled(address: string, chosenBaseUrl: string): boolean {
  const { host } = new URL(chosenBaseUrl);
  const isUsable = checkBaseUrl(address).valid && !/\s/.test(address) && hostOf(address) === host;
  return !isUsable && meantHost(address) === host;
}

/** The client is meant to use TokenPool, even if its address is a wrong one. */
export function wantsTokenPool({ usesTokenPool, baseUrl }: ClientState): boolean {
  return usesTokenPool || (baseUrl !== undefined && isTokenPoolAddress(baseUrl));
}

/** The client sends requests to TokenPool, by our provider or by another. */
export function usesTokenPool({ usesTokenPool: byOurs, otherProviders = [] }: ClientState): boolean {
  return byOurs || otherProviders.length > 0;
}

/** By our provider, and at an address of TokenPool's: OpenCode's model alone makes its state one that uses TokenPool. */
export function isAtTokenPool({ baseUrl = "", usesTokenPool }: ClientState, chosen: BaseUrlCheck): boolean {
  return usesTokenPool && isTokenPoolBaseUrl(baseUrl, chosen.valid ? chosen.baseUrl : "");
}

/** What may be shown of an address: never user name, password or query. */
export function hostOf(address: string): string {
  const text = address.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.host ?? "";
}

function hostnameOf(host: string): string {
  return new URL(`https://${host}`).hostname;
}
