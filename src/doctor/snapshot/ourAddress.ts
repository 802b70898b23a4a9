import type { ClientState } from "../../clients/client";
import { type BaseUrlCheck, checkBaseUrl, isTokenPoolBaseUrl } from "../../gateway/endpoints";

/** True for every host of TokenPool's, the website included. */
function isTokenPoolHost(hostname: string): boolean {
  const check = checkBaseUrl(`https://${hostname}`);
  return check.valid ? check.official : check.code === "endpoint/website";
}

/** True for an address at TokenPool, be it a working one or not: it tells what the user meant. */
export function isTokenPoolAddress(address: string): boolean {
  // A scheme may be missing or misspelled.
  const withScheme = `https://${address.trim().replace(/^(?:[a-z][a-z\d+.-]*:\/\/|https?[:/]\/*)/i, "")}`;
  return URL.canParse(withScheme) && isTokenPoolHost(new URL(withScheme).hostname);
}

/** The same, or the address that the user chose. */
export function isOurAddress(address: string, chosen: BaseUrlCheck): boolean {
  return isTokenPoolAddress(address) || isTokenPoolBaseUrl(address, chosen.valid ? chosen.baseUrl : "");
}

/** The client is meant to use TokenPool, even if its address is a wrong one. */
export function wantsTokenPool({ usesTokenPool, baseUrl }: ClientState): boolean {
  return usesTokenPool || (baseUrl !== undefined && isTokenPoolAddress(baseUrl));
}

/** What may be shown of an address: never user name, password or query. */
export function hostOf(address: string): string {
  const text = address.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.host ?? "";
}
