import { ENDPOINTS } from "../../../gateway/endpoints";
import { symptom } from "../../explain/symptom";

/** Every tool has such errors; they are ours at the beginning of a line or beside our address. */
function onItsOwnOrAtOurEndpoint(...words: string[]): RegExp {
  const hosts = ENDPOINTS.map(({ baseUrl }) => new URL(baseUrl).hostname.replaceAll(".", "\\."));
  const alternatives = words.join("|");
  return new RegExp(`^(?:${alternatives})\\b|\\b(?:${alternatives})\\b.{0,200}(?:${hosts.join("|")})`);
}

/** Both clients show the same words for every reason why no connection comes about. */
const NO_CONNECTION = ["network/proxy-mismatch", "network/untrusted-certificate"] as const;
const SELDOM = ["network/stale-ca-file", "network/certificate-invalid", "codex/dead-local-proxy"] as const;

/** No connection to the gateway. */
export const networkSymptoms = [
  symptom(
    /^Reconnecting\.\.\. waiting for network|^(?:Connection failed: )?error sending request for url|^Connection failed: error sending request/,
    ["network/dns", "network/unreachable", ...NO_CONNECTION],
    SELDOM,
  ),
  symptom(/\bcustom CA env var points at an unreadable path/, "network/stale-ca-file"),
  symptom(
    /^(?:Cannot connect to API: )?unable to verify the first certificate/i,
    "network/untrusted-certificate",
  ),
  symptom(onItsOwnOrAtOurEndpoint("ENOTFOUND", "EAI_AGAIN"), "network/dns"),
  symptom(
    onItsOwnOrAtOurEndpoint("ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"),
    "network/unreachable",
  ),
  symptom(
    onItsOwnOrAtOurEndpoint(
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
    ),
    "network/untrusted-certificate",
  ),
  symptom(
    onItsOwnOrAtOurEndpoint("ERR_TLS_CERT_ALTNAME_INVALID", "CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"),
    "network/certificate-invalid",
  ),
];
