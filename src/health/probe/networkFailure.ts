import { isLoopback } from "../../gateway/endpoints";
import type { Sighting } from "../http/sighting";
import { PhaseTimeout, TunnelRefused, UnusableProxy } from "../http/wayErrors";
import type { Verdict } from "../report";
import type { Phase } from "./phaseClock";

export type NetworkVerdict = Required<Verdict>;

const UNTRUSTED = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "CERT_UNTRUSTED",
  "INVALID_CA",
]);

/** Certificates that are wrong in themselves and in no way that has a code of its own: revoked, malformed. */
const CERTIFICATE = /^(?:CERT_\w+|ERROR_IN_CERT_\w+)$/;
const TLS_ERROR = /^(?:ERR_SSL_\w+|EPROTO)$/;
const NAME_NOT_RESOLVED = /^(?:ENOTFOUND|EAI_\w+|ENODATA)$/;
/** Something answers, but it does not speak HTTP as an API does. */
const NOT_HTTP = /^(?:HPE_\w+|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/;

const BY_PHASE: Readonly<Record<Phase, NetworkVerdict>> = {
  dns: unreachable("network/dns"),
  proxyConnect: unreachable("network/proxy-unreachable"),
  proxyTunnel: unreachable("network/proxy-unreachable"),
  connect: unreachable("network/unreachable"),
  tls: unreachable("network/tls-failed"),
  // Hung up before it answered, or silent.
  wait: unreachable("gateway/no-answer"),
  body: { code: "gateway/unavailable", state: "gatewayError" },
};

/**
 * Names a failed connection by the error of Node, OpenSSL or undici, else by the phase it happened in.
 *
 * @param seen what the way showed of itself
 * @param hostname of the endpoint, as an address has it
 */
export function classifyNetworkFailure(
  error: unknown,
  phase: Phase,
  seen: Sighting = {},
  hostname = "",
): NetworkVerdict {
  const errorCode = codeOf(error);
  if (error instanceof UnusableProxy) return unreachable("network/proxy-value");
  if (error instanceof TunnelRefused) return unreachable(tunnelCode(error.status));
  if (leadsHere(seen, hostname)) return unreachable("network/dns-blocked");
  const certificate = certificateCode(errorCode, seen);
  if (certificate) return unreachable(certificate);
  if (phase === "proxyConnect" || phase === "proxyTunnel") return BY_PHASE[phase];
  if (NAME_NOT_RESOLVED.test(errorCode)) return unreachable("network/dns");
  // A server that wants to see a certificate says so only after the handshake.
  if (phase === "wait" && TLS_ERROR.test(errorCode)) return BY_PHASE.tls;
  if (NOT_HTTP.test(errorCode)) return { code: "endpoint/unexpected-response", state: "notAnApi" };
  if (phase === "body" && isTimeout(error)) return unreachable("gateway/no-answer");
  return BY_PHASE[phase];
}

function certificateCode(errorCode: string, { certificate }: Sighting): string | undefined {
  if (errorCode === "CERT_HAS_EXPIRED" || errorCode === "CERT_NOT_YET_VALID")
    return "network/certificate-expired";
  if (errorCode.startsWith("ERR_TLS_CERT_ALTNAME_")) return "network/certificate-wrong-host";
  // It came alone, and says where its issuer's is: so do the public authorities, and a server has to send what lies
  // between. What a company's box makes on the way says nothing of the kind.
  if (errorCode === "UNABLE_TO_VERIFY_LEAF_SIGNATURE" && certificate?.namesIssuerAddress)
    return "network/certificate-incomplete";
  if (UNTRUSTED.has(errorCode)) return "network/untrusted-certificate";
  return CERTIFICATE.test(errorCode) ? "network/certificate-invalid" : undefined;
}

/** No endpoint is on this machine under another name: filters of names answer with 0.0.0.0 and its like. */
function leadsHere({ address, proxy }: Sighting, hostname: string): boolean {
  if (address === undefined || proxy !== undefined || hostname === "" || isLoopback(hostname)) return false;
  const isNumber = /^\[|^[\d.]+$/.test(hostname);
  return !isNumber && (isLoopback(address) || ["0.0.0.0", "::", "::1"].includes(address));
}

/** Other 4xx than 407: it could, but will not. */
function tunnelCode(status: number): string {
  if (status === 407) return "network/proxy-auth";
  return status >= 400 && status < 500 ? "network/proxy-denied" : "network/proxy-unreachable";
}

/** Our own limit of a phase, or that of an AbortSignal. */
function isTimeout(error: unknown): boolean {
  return error instanceof PhaseTimeout || (error instanceof Error && error.name === "TimeoutError");
}

function unreachable(code: string): NetworkVerdict {
  return { code, state: "unreachable" };
}

/** The error's code; undici leaves it out of some parser errors, which only their name tells apart. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
