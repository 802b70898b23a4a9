import { checkBaseUrl, isTokenPoolBaseUrl } from "./endpoints";
import { readErrorBody } from "./answers/errorText";

/** Where a gateway has the Responses API: at its root (and below `/v1`), below `/v1` only, or nowhere. */
export type ResponsesRoute = "root" | "v1" | "none";

/**
 * Whether a path is there, by the answer to a POST of an empty object without a key: who has it asks for
 * the key in JSON, who has not sends a page or "not found" (new-api answers a GET with 404 even where a
 * POST works).
 *
 * @returns undefined when the answer tells neither
 */
export function hasRoute(status: number, contentType: string, body: string): boolean | undefined {
  const isPage = /\bhtml\b/i.test(contentType) || /^\s*</.test(body);
  if (status === 404 || status === 405 || (status < 300 && isPage)) return false;
  const isApi = !isPage && readErrorBody(body) !== undefined;
  return isApi && status >= 400 && status < 500 && status !== 429 ? true : undefined;
}

/**
 * The `base_url` for Codex, which appends `/responses` to it. A working `/v1` is never turned into the root.
 *
 * @param route the last answer known for this address
 * @param current what the file has now
 */
export function codexBaseUrl(
  baseUrl: string,
  route: ResponsesRoute | undefined,
  current: string | undefined,
): string {
  const withVersion = `${baseUrl}/v1`;
  if (route === "v1") return withVersion;
  const address = checkBaseUrl(baseUrl);
  const isOwn = address.valid && !address.official;
  return isOwn && current !== undefined && leadsBelowVersion(current, baseUrl) ? withVersion : baseUrl;
}

/** Codex is set to the root of a gateway that serves it below `/v1` only. */
export function lacksVersion(codexAddress: string, baseUrl: string): boolean {
  return (
    isTokenPoolBaseUrl(codexAddress, baseUrl) &&
    isSameGateway(codexAddress, baseUrl) &&
    !/\/v1\/*$/.test(codexAddress)
  );
}

function leadsBelowVersion(address: string, baseUrl: string): boolean {
  return isSameGateway(address, baseUrl) && /\/v1\/*$/.test(address);
}

function isSameGateway(address: string, baseUrl: string): boolean {
  const check = checkBaseUrl(address);
  return check.valid && check.baseUrl === baseUrl;
}
