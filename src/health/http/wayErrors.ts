/** Raised by ourselves when a phase takes longer than its limit. */
export class PhaseTimeout extends Error {}

/** The proxy answered CONNECT with something else than "established". */
export class TunnelRefused extends Error {
  /** @param status of the proxy's answer; 407: it wants to know who asks */
  constructor(readonly status: number) {
    super(`the proxy refused the tunnel with status ${status}`);
  }
}

/** What is set as a proxy is no HTTP proxy, or cannot be read as one. */
export class UnusableProxy extends Error {
  constructor(readonly reason: "unreadable" | "socks") {
    super(`the value of the proxy cannot be used: ${reason}`);
  }
}
