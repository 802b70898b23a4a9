import { isLoopback, isOwnDomain } from "../../../gateway/endpoints";
import type { Meaning } from "../../explain/symptom";
import { switchingToolAt } from "../../snapshot/switchingTool";

/** `url: http://…` of an answer, `for url (http://…)` of a request that found nobody. */
export const REQUEST = /\b(for )?url:? \(?https?:\/\/([^\s/"'<>,)*]{1,253})/;
export const LINK = /\bhttps?:\/\/([^\s/:"'<>,)*]{1,253})/;
/** Codex's own words about a request; development servers name such addresses all day. */
const CODEX = /unexpected status \d|error sending request/;
/** The address is still to come, on the next line. */
export const UNFINISHED = /(?:\burl:?(?: \(?(?:https?:\/{0,2})?)?|,)$/;
/** OpenAI's messages, which gateways pass on, name its help pages. */
const OPENAI = /(?:^|\.)openai\.com$/;
/** People put these where they do not want to show a name. */
const PLACEHOLDER = /(?:^|\.)example(?:\.\w{2,5})?$/;

/**
 * True when the line tells of another provider: it names the address of the request, or else a help page, that
 * is neither TokenPool's nor the one the user chose.
 */
export function namesForeignAddress(line: string, chosenBaseUrl: string): boolean {
  const request = requestIn(line)?.url.hostname;
  const host = request ?? LINK.exec(line)?.[1];
  if (host === undefined || !host.includes(".") || host === parse(chosenBaseUrl)?.hostname) return false;
  if (request === undefined && OPENAI.test(host)) return false;
  return !isOwnDomain(host) && !isLoopback(host) && !PLACEHOLDER.test(host);
}

/** What a line means whose request went to a program on this machine, not to the gateway. */
export function meaningOfLocalProgram(line: string, chosenBaseUrl: string): Meaning | undefined {
  const request = requestIn(line);
  if (!request || !isLoopback(request.url.hostname) || !CODEX.test(line)) return undefined;
  if (request.url.host === parse(chosenBaseUrl)?.host) return undefined;
  if (request.foundNobody) return { codes: ["codex/dead-local-proxy"] };
  const isCcSwitch = switchingToolAt(request.url.host) === "CC Switch";
  return {
    codes: [isCcSwitch ? "ccswitch/manages-codex" : "codex/other-tool-rewrites"],
    ifFound: ["codex/dead-local-proxy"],
  };
}

function requestIn(line: string): { url: URL; foundNobody: boolean } | undefined {
  const [, foundNobody, host = ""] = REQUEST.exec(line) ?? [];
  const url = parse(`http://${host}`);
  return url && { url, foundNobody: foundNobody !== undefined };
}

function parse(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}
