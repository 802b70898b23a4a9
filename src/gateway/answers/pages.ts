import { isErrorObject } from "./errorText";
import type { AnswerVerdict, GatewayAnswer } from "./gatewayAnswer";

/** As much of a page as is looked at: title and headings are at its beginning. */
const LOOKED_AT = 8_000;
/** A page that says what it is says so at once; further down a website may write about anything. */
const FIRST_WORDS = 600;
const HIDDEN = /<(script|style)\b[^>]{0,500}>[^<]{0,4000}(?:<\/\1>)?/gi;
const TAG = /<[^<>]{0,2000}>/g;

/** Networks before the gateway that answer for it; what they refuse is between them and the gateway. */
const EDGE_HEADERS = [
  "cf-mitigated",
  "cf-ray",
  "x-amz-cf-id",
  "x-iinfo",
  "x-sucuri-id",
  "x-akamai-request-id",
];
const EDGE_SERVER = /^(?:cloudflare|cloudfront|akamai|imperva|sucuri|ddos-guard|awselb)/i;

/** What a filter says of itself. An edge only says "Access denied" or that "you" were blocked. */
const FILTER_WORDS =
  /\b(?:web ?(?:page|site|filter)|url|content|internet|category|network|security) ?(?:filter|access)?\b.{0,40}\b(?:blocked|filter(?:ed|ing)?|denied|restricted|prohibited)\b|\bblocked by\b.{0,60}\b(?:policy|administrator|filter|firewall|organi[sz]ation|company|school|network)\b|\b(?:fortiguard|fortinet|zscaler|palo alto|websense|forcepoint|blue ?coat|cisco umbrella|netskope|sophos|barracuda|watchguard|sonicwall|smoothwall|securly)\b|\baccess control configuration prevents\b|上网行为|上網行為|(?:网页|網頁|网站|網站|访问|訪問|存取).{0,20}(?:拦截|攔截|阻断|阻斷|屏蔽|封鎖)/i;
/** What a network says that wants people to sign in to it, and a website does not. */
const PORTAL_WORDS =
  /\bcaptive ?portal\b|\bhot ?spot\b|\b(?:guest|public|free|hotel|airport)\b.{0,20}\b(?:wi-?fi|wlan|network|internet)\b|\b(?:wi-?fi|wlan)\b.{0,40}\b(?:log ?in|log ?on|sign ?in|sign ?on|welcome|terms)\b|\bnetwork (?:log ?in|sign-?in|authentication)\b|\b(?:log|sign) ?[io]n to (?:the |this |our )?(?:network|wi-?fi|internet)\b|(?:上网|上網|无线|無線|网络|網路|校园网)(?:网络|網路)?(?:认证|認證|登录|登入)/i;
const SIGN_IN_WORDS =
  /\b(?:log|sign)[ -]?[io]n\b|type=["']?password|登录|登入|登錄|ログイン|로그인|\banmelden\b/i;
const FILTER_ADDRESS =
  /(?:^|[./_-])(?:block(?:ed|page)?|filter(?:ed)?|deny|denied)(?:[./_-]|$)|zscaler|fortiguard|opendns|websense/i;
const PORTAL_ADDRESS = /captive|hot-?spot|(?:^|[./_-])(?:wi-?fi|guest)(?:[./_-]|$)/i;
const SIGN_IN_ADDRESS = /portal|log-?[io]n|sign-?in|auth/i;

/**
 * Who sends a page or leads elsewhere is a website or a server in between, not the API: the gateway's own edge, the
 * network's sign-in, its filter, or somebody at a wrong address. A page says nothing about the key.
 *
 * @returns undefined for what no page is, and for a server error's page
 */
export function classifyPage(answer: GatewayAnswer): AnswerVerdict | undefined {
  const { status, contentType, headers, body } = answer;
  if (headers["cf-mitigated"] !== undefined) return BLOCKED;
  // Who asks for JSON gets Cloudflare's page as such; the address that it bans has nothing to do with the key.
  if (status === 403 && /"cloudflare_error": ?true/.test(body.slice(0, LOOKED_AT))) return BLOCKED;
  if (status >= 300 && status < 400) return classifyRedirect(answer);
  if (!isHtml(contentType, body)) return undefined;
  const words = visibleWords(body);
  // Programs in between send an error as HTML by default: where it is no filter's or portal's, it is the gateway's own.
  const isError = isErrorObject(body);
  const plain = isError ? undefined : plainPage(status);
  if (isEdge(answer)) return status === 403 || status === 451 ? BLOCKED : plain;
  // Only a network's sign-in page may send it (RFC 6585 section 6), never the endpoint.
  if (status === 511) return undefined;
  if (PORTAL_WORDS.test(words)) return PORTAL;
  if (FILTER_WORDS.test(words) || status === 451) return { ...FILTERED, state: "blocked" };
  if (answer.mayBeForeign && status < 500) {
    if (SIGN_IN_WORDS.test(body.slice(0, LOOKED_AT)) && status !== 403) return PORTAL;
    return status === 403 ? { ...FILTERED, state: "blocked" } : FILTERED;
  }
  return status === 403 && !isError ? BLOCKED : plain;
}

const BLOCKED: AnswerVerdict = { code: "network/blocked", state: "blocked" };
const PORTAL: AnswerVerdict = { code: "network/captive-portal", state: "notAnApi" };
const FILTERED: AnswerVerdict = { code: "network/filtered", state: "notAnApi" };

function plainPage(status: number): AnswerVerdict | undefined {
  if (status >= 200 && status < 300) return { code: "endpoint/website", state: "notAnApi" };
  const isErrorPage = status === 401 || status === 404 || status === 405;
  return isErrorPage ? { code: "endpoint/html-response", state: "notAnApi" } : undefined;
}

/** The gateway itself may lead to another page of its own; a network leads to its own host. */
function classifyRedirect({ headers, host, mayBeForeign }: GatewayAnswer): AnswerVerdict | undefined {
  const location = [headers["location"]].flat()[0] ?? "";
  const target = URL.canParse(location) ? new URL(location) : undefined;
  if (!target || target.hostname === host) return undefined;
  const address = target.hostname + target.pathname.slice(0, 200);
  if (PORTAL_ADDRESS.test(address)) return PORTAL;
  if (FILTER_ADDRESS.test(address)) return { ...FILTERED, state: "blocked" };
  if (!mayBeForeign) return undefined;
  return SIGN_IN_ADDRESS.test(address) ? PORTAL : FILTERED;
}

function isEdge({ headers, body }: GatewayAnswer): boolean {
  const server = [headers["server"]].flat()[0] ?? "";
  return (
    EDGE_HEADERS.some((name) => headers[name] !== undefined) ||
    EDGE_SERVER.test(server) ||
    /\bcf-ray\b|cf-error-details|<title>Just a moment/i.test(body.slice(0, LOOKED_AT))
  );
}

function isHtml(contentType: string, body: string): boolean {
  return (
    /^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType.trim()) ||
    /^\s*<(?:!doctype|html|head|body|title|h1|center|meta)\b/i.test(body)
  );
}

/** The page's title, else its first heading, still a stranger's text; empty where it has none. */
export function titleOf(body: string): string {
  const start = body.slice(0, LOOKED_AT);
  const [, title = ""] = /<title\b[^>]{0,200}>([^<]{1,500})/i.exec(start) ?? [];
  const [, heading = ""] = /<h[12]\b[^>]{0,200}>([^<]{1,500})/i.exec(start) ?? [];
  return title.trim() || heading.trim();
}

/** Title, first heading and the beginning of what can be read. */
function visibleWords(body: string): string {
  const start = body.slice(0, LOOKED_AT);
  const read = start.replace(HIDDEN, " ").replace(TAG, " ").replace(/\s+/g, " ").trim();
  return `${titleOf(body)} ${read.slice(0, FIRST_WORDS)}`;
}
