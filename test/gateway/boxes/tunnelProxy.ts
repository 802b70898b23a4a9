import { createServer, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket, createSecureContext } from "node:tls";
import { type Box, listening } from "./box";
import { passOn } from "./tlsFront";

/** What a proxy does with `CONNECT host:port`. */
export type TunnelAnswer = (client: Socket, request: IncomingMessage) => void;

const ESTABLISHED = "HTTP/1.1 200 Connection Established\r\n\r\n";

/** An HTTP proxy that knows CONNECT only. */
export function startTunnelProxy(answer: TunnelAnswer): Promise<Box> {
  const server = createServer((_request, response) => response.writeHead(501).end());
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    client.on("error", () => client.destroy());
    answer(client, request);
  });
  return listening(server);
}

/** Leads every tunnel, whatever its host, to one port of this machine. */
export const tunnelTo =
  (port: number): TunnelAnswer =>
  (client) => {
    client.write(ESTABLISHED);
    passOn(client, port);
  };

/** Opens every tunnel itself: the client sees a certificate of the company's for the gateway's name. */
export function inspecting(port: number, certificate: { cert: string; key: string }): TunnelAnswer {
  const secureContext = createSecureContext(certificate);
  return (client) => {
    client.write(ESTABLISHED);
    const opened = new TLSSocket(client, { isServer: true, secureContext, ALPNProtocols: ["http/1.1"] });
    opened.on("error", () => client.destroy());
    passOn(opened, port);
  };
}

/** Lets only those through who send these credentials by Basic. */
export const withLogin =
  (credentials: string, through: TunnelAnswer): TunnelAnswer =>
  (client, request) => {
    const expected = `Basic ${Buffer.from(credentials).toString("base64")}`;
    if (request.headers["proxy-authorization"] === expected) through(client, request);
    else
      refused("407 Proxy Authentication Required", 'proxy-authenticate: Basic realm="proxy"\r\n')(
        client,
        request,
      );
  };

/** @param headers complete lines */
export const refused =
  (status: string, headers = "", body = ""): TunnelAnswer =>
  (client) => {
    const length = Buffer.byteLength(body);
    client.end(`HTTP/1.1 ${status}\r\n${headers}content-length: ${length}\r\n\r\n${body}`);
  };

/** Takes the request and says nothing. */
export const silent: TunnelAnswer = () => undefined;

/** Says that the tunnel is open, and hangs up at the first byte that comes through it. */
export const dying: TunnelAnswer = (client) => {
  client.write(ESTABLISHED);
  client.once("data", () => client.resetAndDestroy());
};
