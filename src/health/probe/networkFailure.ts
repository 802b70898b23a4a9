import type { Verdict } from "../report";
import { PhaseTimeout } from "../http/wayErrors";
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

/** Certificates that are wrong in themselves: name, dates, revoked, malformed. */
const CERTIFICATE = /^(?:ERR_TLS_CERT_ALTNAME_\w+|CERT_\w+|ERROR_IN_CERT_\w+)$/;
const NAME_NOT_RESOLVED = /^(?:ENOTFOUND|EAI_\w+|ENODATA)$/;
/** Something answers, but it does not speak HTTP as an API does. */
const NOT_HTTP = /^(?:HPE_\w+|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/;

const BY_PHASE: Readonly<Record<Phase, NetworkVerdict>> = {
  dns: unreachable("network/dns"),
  proxyConnect: unreachable("network/proxy-mismatch"),
  proxyTunnel: unreachable("network/proxy-mismatch"),
  connect: unreachable("network/unreachable"),
  tls: unreachable("network/unreachable"),
  // Hung up before it answered; silence is told apart below.
  wait: unreachable("network/unreachable"),
  body: { code: "gateway/unavailable", state: "gatewayError" },
};

/** Names a failed connection by the error of Node, OpenSSL or undici, else by the phase it happened in. */
export function classifyNetworkFailure(error: unknown, phase: Phase): NetworkVerdict {
  const errorCode = codeOf(error);
  if (UNTRUSTED.has(errorCode)) return unreachable("network/untrusted-certificate");
  if (CERTIFICATE.test(errorCode)) return unreachable("network/certificate-invalid");
  if (phase === "proxyConnect" || phase === "proxyTunnel") return BY_PHASE[phase];
  if (NAME_NOT_RESOLVED.test(errorCode)) return unreachable("network/dns");
  if (NOT_HTTP.test(errorCode)) return { code: "endpoint/unexpected-response", state: "notAnApi" };
  if ((phase === "wait" || phase === "body") && isTimeout(error)) return unreachable("gateway/no-answer");
  return BY_PHASE[phase];
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
