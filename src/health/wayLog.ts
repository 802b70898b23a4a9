import type { WayResult } from "./probe/askWays";

/** How the clients fare on a way and why, in English for the log: no credentials, a stranger's words in quotes and cut. */
export function wayLine({ clients, code, phase, seen, proxyVariable }: WayResult): string {
  const { proxy, connectStatus, address, family, tlsError, certificate } = seen;
  const facts = [
    phase === undefined ? undefined : `in ${phase}`,
    proxyVariable === undefined ? "directly" : `proxy ${proxy ?? "unusable"} by ${proxyVariable}`,
    connectStatus === undefined ? undefined : `CONNECT ${connectStatus}`,
    address === undefined ? undefined : `IPv${family ?? "?"} ${address}`,
    tlsError ? `TLS ${tlsError}` : undefined,
    certificate &&
      `certificate ${quoted(certificate.subject)} by ${quoted(certificate.issuer)}, ${certificate.validFrom} to ${certificate.validTo}`,
  ];
  return `${clients.join(" and ")}: ${code ?? "works"} (${facts.filter(Boolean).join(", ")})`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
