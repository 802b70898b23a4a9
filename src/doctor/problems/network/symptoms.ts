import { ENDPOINTS } from "../../../gateway/endpoints";
import { symptom } from "../../explain/symptom";
import { NOT_YET_VALID, SOCKS_PROXY } from "./finerWords";

/** Every tool has such errors; they are ours at the beginning of a line or beside our address. */
function onItsOwnOrAtOurEndpoint(...words: string[]): RegExp {
  const hosts = ENDPOINTS.map(({ baseUrl }) => new URL(baseUrl).hostname.replaceAll(".", "\\."));
  const alternatives = words.join("|");
  return new RegExp(`^(?:${alternatives})\\b|\\b(?:${alternatives})\\b.{0,200}(?:${hosts.join("|")})`);
}

/** Codex shows the same words for every reason why no connection comes about. */
const NO_CONNECTION = [
  "network/dns",
  "network/unreachable",
  "network/proxy-mismatch",
  "network/untrusted-certificate",
] as const;
const SELDOM = [
  "network/stale-ca-file",
  "network/proxy-auth",
  "network/proxy-denied",
  "network/proxy-unreachable",
  "network/proxy-value",
  "network/tls-failed",
  "network/certificate-expired",
  "network/certificate-wrong-host",
  "network/certificate-incomplete",
  "network/certificate-invalid",
  "network/dns-blocked",
  "network/ipv6-dns",
  "codex/dead-local-proxy",
] as const;

/** No connection to the gateway. */
export const networkSymptoms = [
  symptom(
    /^Reconnecting\.\.\. waiting for network|^(?:Connection failed: )?error sending request(?: for url|$)/,
    NO_CONNECTION,
    SELDOM,
  ),
  symptom(
    /\bcustom CA env var points at an unreadable path|^Failed to read CA certificate file\b/,
    "network/stale-ca-file",
  ),
  symptom(
    /^(?:Cannot connect to API: )?(?:unable to verify the first certificate|unable to get (?:local )?issuer certificate|self[- ]signed certificate(?: in certificate chain)?(?:$|[.,;"]| \())/i,
    "network/untrusted-certificate",
    ["network/certificate-incomplete"],
  ),
  symptom(
    /^(?:Cannot connect to API: )?certificate has expired(?:$|[.,;"]| \()/i,
    "network/certificate-expired",
  ),
  symptom(
    /^(?:Cannot connect to API: )?certificate is not yet valid(?:$|[.,;"]| \()/i,
    "network/certificate-expired",
    [],
    NOT_YET_VALID,
  ),
  symptom(/^(?:407 )?Proxy Authentication Required(?:$|[:.,;"]| \()/, "network/proxy-auth"),
  symptom(/^UnsupportedProxyProtocol\b/, "network/proxy-value", [], SOCKS_PROXY),
  symptom(onItsOwnOrAtOurEndpoint("ENOTFOUND", "EAI_AGAIN"), "network/dns", ["network/dns-blocked"]),
  symptom(
    onItsOwnOrAtOurEndpoint("ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"),
    "network/unreachable",
    ["network/dns-blocked", "network/proxy-unreachable"],
  ),
  symptom(
    onItsOwnOrAtOurEndpoint(
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
    ),
    "network/untrusted-certificate",
    ["network/certificate-incomplete"],
  ),
  symptom(onItsOwnOrAtOurEndpoint("ERR_TLS_CERT_ALTNAME_INVALID"), "network/certificate-wrong-host"),
  symptom(onItsOwnOrAtOurEndpoint("CERT_HAS_EXPIRED"), "network/certificate-expired"),
  symptom(onItsOwnOrAtOurEndpoint("CERT_NOT_YET_VALID"), "network/certificate-expired", [], NOT_YET_VALID),
];
