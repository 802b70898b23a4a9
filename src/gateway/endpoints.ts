import * as l10n from "@vscode/l10n";

/** One of TokenPool's API addresses, without trailing slash and without `/v1`. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly recommended: boolean;
}

// The API key is sent as a Bearer token to these hosts, so this list must be kept tight.
export const ENDPOINTS: readonly [Endpoint, Endpoint] = [
  { baseUrl: "https://api.clawto.link", recommended: true },
  { baseUrl: "https://api.tokenpool.dev", recommended: false },
];

/** An address that was TokenPool's API once, and the one that took its place. */
export interface FormerEndpoint {
  readonly baseUrl: string;
  readonly successor: string;
}

/** Whoever still has one of these is told, as long as it stays in this list. */
export const formerEndpoints: readonly FormerEndpoint[] = [];

/** @param baseUrl as checked @returns what took its place; undefined: it is not retired */
export function successorOf(baseUrl: string): string | undefined {
  return formerEndpoints.find((former) => former.baseUrl === baseUrl)?.successor;
}

export const DEFAULT_BASE_URL = ENDPOINTS[0].baseUrl;
export const API_KEYS_CONSOLE_URL = "https://tokenpool.dev/console/api-keys";
export const DOCUMENTATION_URL = "https://tokenpool.dev/docs";

/** TokenPool's own domains: whatever is not an endpoint there (website, console, CDN) is never an API. */
const OWN_DOMAINS = ["tokenpool.dev", "clawto.link"];

export type BaseUrlProblem =
  "endpoint/website" | "endpoint/malformed" | "endpoint/too-much-path" | "endpoint/insecure";

export type BaseUrlCheck =
  | { readonly valid: true; readonly baseUrl: string; readonly official: boolean }
  | { readonly valid: false; readonly code: BaseUrlProblem; readonly message: string };

/**
 * Decides whether the key may be sent to an address and brings it into the stored shape: no trailing
 * slash, no `/v1`. Foreign https addresses pass with `official: false`, plain http only on loopback.
 *
 * @param use the address that a refusal recommends; left out: the one that is nearest
 */
export function checkBaseUrl(raw: string, use?: string): BaseUrlCheck {
  const text = raw.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:\/\//i.test(text)) {
    return refuse(
      "endpoint/malformed",
      l10n.t("This is not a web address. Use {0}, including https://.", use ?? DEFAULT_BASE_URL),
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    return refuse(
      "endpoint/malformed",
      l10n.t(
        "The address must hold no user name, password, query or fragment. Use {0}.",
        use ?? DEFAULT_BASE_URL,
      ),
    );
  }
  const path = withoutSlashesBehind(url.pathname);
  if (isOwnDomain(url.hostname)) return checkOwnAddress(url, path, use);
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return refuse(
      "endpoint/insecure",
      l10n.t("An address with http:// would send your key unencrypted. Use {0}.", use ?? DEFAULT_BASE_URL),
    );
  }
  return withoutVersion(url.origin, path, false);
}

/** By hand, for a pattern that ends with the text is tried from every slash on. */
function withoutSlashesBehind(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end--;
  return path.slice(0, end);
}

function checkOwnAddress(url: URL, path: string, use?: string): BaseUrlCheck {
  const endpoint = [...ENDPOINTS, ...formerEndpoints].find(
    ({ baseUrl }) => new URL(baseUrl).hostname === url.hostname,
  );
  if (!endpoint) {
    return refuse(
      "endpoint/website",
      l10n.t("{0} is TokenPool's website, not its API. Use {1}.", url.hostname, use ?? DEFAULT_BASE_URL),
    );
  }
  if (url.protocol !== "https:") {
    return refuse(
      "endpoint/insecure",
      l10n.t("An address with http:// would send your key unencrypted. Use {0}.", use ?? endpoint.baseUrl),
    );
  }
  if (url.port) {
    return refuse(
      "endpoint/malformed",
      l10n.t("The address must name no port. Use {0}.", use ?? endpoint.baseUrl),
    );
  }
  if (path !== "" && path !== "/v1") {
    return refuse(
      "endpoint/too-much-path",
      l10n.t('"{0}" does not belong in the address. Use {1}.', path, use ?? endpoint.baseUrl),
    );
  }
  return { valid: true, baseUrl: endpoint.baseUrl, official: true };
}

/** Clients append `/v1` or `/responses` themselves, so a path that already ends so would be doubled. */
function withoutVersion(origin: string, path: string, official: boolean): BaseUrlCheck {
  const root = path.replace(/\/v1$/, "");
  if (/\/v1$|\/(responses|models|chat\/completions)$/.test(root)) {
    return refuse(
      "endpoint/too-much-path",
      l10n.t('The address ends in "{0}". Leave out everything from /v1 on.', path),
    );
  }
  return { valid: true, baseUrl: origin + root, official };
}

function refuse(code: BaseUrlProblem, message: string): BaseUrlCheck {
  return { valid: false, code, message };
}

/** True for every host of TokenPool: endpoints, website, console. */
export function isOwnDomain(hostname: string): boolean {
  return (
    OWN_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`)) ||
    formerEndpoints.some(({ baseUrl }) => new URL(baseUrl).hostname === hostname)
  );
}

/** True for 127.0.0.0/8, ::1 and localhost: traffic there never leaves the machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** True when a client's base URL (with or without `/v1`) leads to TokenPool or to the address the user chose. */
export function isTokenPoolBaseUrl(clientBaseUrl: string, chosenBaseUrl: string): boolean {
  const check = checkBaseUrl(clientBaseUrl);
  return check.valid && (check.official || check.baseUrl === chosenBaseUrl);
}
