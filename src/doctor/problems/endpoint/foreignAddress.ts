import { isLoopback, isOwnDomain } from "../../../gateway/endpoints";

export const REQUEST = /\burl: https?:\/\/([^\s/:"'<>,)]{1,253})/;
export const LINK = /\bhttps?:\/\/([^\s/:"'<>,)]{1,253})/;
/** OpenAI's messages, which gateways pass on, name its help pages. */
const OPENAI = /(?:^|\.)openai\.com$/;
/** People put these where they do not want to show a name. */
const PLACEHOLDER = /(?:^|\.)example(?:\.\w{2,5})?$/;

/**
 * True when the line tells of another provider: it names the address of the request, or else a help page, that
 * is neither TokenPool's nor the one the user chose.
 */
export function namesForeignAddress(line: string, chosenBaseUrl: string): boolean {
  const request = REQUEST.exec(line)?.[1];
  const host = request ?? LINK.exec(line)?.[1];
  if (host === undefined || !host.includes(".") || host === hostOf(chosenBaseUrl)) return false;
  if (request === undefined && OPENAI.test(host)) return false;
  return !isOwnDomain(host) && !isLoopback(host) && !PLACEHOLDER.test(host);
}

function hostOf(baseUrl: string): string | undefined {
  return URL.canParse(baseUrl) ? new URL(baseUrl).hostname : undefined;
}
