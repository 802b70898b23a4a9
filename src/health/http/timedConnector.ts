import { once } from "node:events";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls, type SecureContext, type TLSSocket } from "node:tls";
import { type buildConnector, Client } from "undici";
import type { PhaseClock } from "../probe/phaseClock";
import { noteAddress, noteCertificate, noteRoot, type Sighting } from "./sighting";
import { TunnelRefused, UnusableProxy } from "./wayErrors";

/** How to get to the endpoint. */
export interface Route {
  /** The proxy's address as it is set; undefined: directly. */
  readonly proxy?: string | undefined;
  /** Holds the trusted authorities; undefined: those of Node. Verification cannot be turned off. */
  readonly secureContext?: SecureContext | undefined;
  /** Only addresses of this family; undefined: whichever connects first. */
  readonly family?: 4 | 6 | undefined;
}

interface Target {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
}

/**
 * Opens undici's connection step by step and tells the clock about each.
 *
 * @param signal ends an attempt that undici itself would keep open until the system gives up
 * @param onConnected called with the connection when the request can be sent
 * @param seen takes in what the way shows of itself
 */
export function timedConnector(
  clock: PhaseClock,
  { proxy, secureContext, family }: Route,
  signal: AbortSignal,
  onConnected: (socket: Socket) => void,
  seen: Sighting = {},
): buildConnector.connector {
  const open = (target: Target): Promise<Socket> => {
    if (!proxy) return openDirectly(target);
    return target.secure ? openTunnel(target, proxy) : openToProxy(proxy);
  };

  /** For plain http, which the proxy itself passes on: no tunnel, and it reads what is sent. */
  const openToProxy = async (address: string): Promise<Socket> => {
    clock.skipTo("proxyConnect");
    const { hostname, port } = noted(address);
    return openTcp(hostname.replace(/^\[|\]$/g, ""), Number(port) || 80, () => undefined);
  };

  const noted = (address: string): URL => {
    const url = proxyUrl(address);
    seen.proxy = `${url.hostname}:${url.port || (url.protocol === "https:" ? 443 : 80)}`;
    return url;
  };

  const openDirectly = async ({ hostname, port, secure }: Target): Promise<Socket> => {
    if (isIP(hostname)) clock.skipTo("connect");
    const socket = await openTcp(hostname, port, () => clock.enter("connect"));
    if (!secure) return socket;
    clock.enter("tls");
    return secured(socket, hostname);
  };

  const openTunnel = async ({ hostname, port }: Target, address: string): Promise<Socket> => {
    clock.skipTo("proxyConnect");
    const url = noted(address);
    const client = new Client(url.origin, { connect: onlyOnce(connectProxy) });
    signal.addEventListener("abort", () => void client.destroy(), { once: true });
    const { statusCode, socket } = await client.connect({
      path: `${hostname}:${port}`,
      headers: { host: `${hostname}:${port}`, ...proxyAuthorization(url) },
      signal,
    });
    seen.connectStatus = statusCode;
    if (statusCode !== 200) {
      socket.destroy();
      throw new TunnelRefused(statusCode);
    }
    clock.enter("tls");
    return secured(socket, hostname);
  };

  const connectProxy: buildConnector.connector = (options, callback) => {
    const target = targetOf(options);
    const connected = async () => {
      const tcp = await openTcp(target.hostname, target.port, () => undefined);
      return target.secure ? secured(tcp, target.hostname) : tcp;
    };
    connected().then(
      (socket) => {
        clock.enter("proxyTunnel");
        callback(null, socket);
      },
      (error: unknown) => callback(asError(error), null),
    );
  };

  const openTcp = async (hostname: string, port: number, onResolved: () => void): Promise<Socket> => {
    const socket = connectTcp({ host: hostname, port, noDelay: true, ...(family && { family }) });
    keepQuiet(socket);
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
    // A name with several addresses reports each of them: the first ends the phase.
    socket.once("lookup", (error: Error | null) => {
      if (!error && !isIP(hostname)) onResolved();
    });
    // Not `remoteAddress`: Node keeps the first answer, and whether the other side is still there could not be asked.
    socket.on("connectionAttempt", (tried: string) => noteAddress(seen, tried));
    await once(socket, "connect", { signal });
    return socket;
  };

  const secured = async (socket: Duplex, hostname: string): Promise<TLSSocket> => {
    const tls = connectTls({
      socket,
      host: hostname,
      servername: isIP(hostname) ? "" : hostname,
      ALPNProtocols: ["http/1.1"],
      // Said aloud, because NODE_TLS_REJECT_UNAUTHORIZED=0 would change the default.
      rejectUnauthorized: true,
      ...(secureContext && { secureContext }),
    });
    keepQuiet(tls);
    // Node asks after this whether it is trusted, and forgets the one that is not.
    tls.prependListener("secure", () => noteCertificate(seen, tls));
    await once(tls, "secureConnect", { signal }).catch((error: unknown) => {
      seen.tlsError = codeOf(error);
      throw error;
    });
    noteRoot(seen, tls);
    return tls;
  };

  return onlyOnce((options, callback) => {
    open(targetOf(options)).then(
      (socket) => {
        clock.enter("wait");
        onConnected(socket);
        callback(null, socket);
      },
      (error: unknown) => callback(asError(error), null),
    );
  });
}

/** undici connects again, without end, to a server that hangs up before the request is sent. */
function onlyOnce(connect: buildConnector.connector): buildConnector.connector {
  let used = false;
  return (options, callback) => {
    if (used) {
      callback(new Error("the server hung up"), null);
      return;
    }
    used = true;
    connect(options, callback);
  };
}

function targetOf({ hostname, port, protocol }: buildConnector.Options): Target {
  const secure = protocol === "https:";
  return { hostname, port: Number(port) || (secure ? 443 : 80), secure };
}

/** The scheme of a proxy's address may be left out. @throws UnusableProxy */
export function proxyUrl(address: string): URL {
  const spelled = address.includes("://") ? address : `http://${address}`;
  const url = URL.canParse(spelled) ? new URL(spelled) : undefined;
  if (url && /^socks/.test(url.protocol)) throw new UnusableProxy("socks");
  if (!url || !/^https?:$/.test(url.protocol)) throw new UnusableProxy("unreadable");
  return url;
}

/** @throws UnusableProxy where a percent sign begins nothing */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
  } catch {
    throw new UnusableProxy("unreadable");
  }
}

/** Between two steps nobody listens, and an error without a listener would end the process. */
function keepQuiet(socket: Socket): void {
  socket.on("error", () => undefined);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
