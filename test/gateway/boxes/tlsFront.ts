import { connect, type Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import { createServer } from "node:tls";
import { type Box, listening } from "./box";

/**
 * A TLS server before a plain one on this machine: what stands at the edge of a gateway.
 *
 * @param targetPort where what it decrypts goes on, on 127.0.0.1
 * @param address where it listens, 127.0.0.1 unless given
 */
export function startTlsFront(targetPort: number, options: TlsOptions, address?: string): Promise<Box> {
  const server = createServer(options, (client) => passOn(client, targetPort));
  // A client that does not like the certificate hangs up: that is what is tested here.
  server.on("tlsClientError", () => undefined);
  return listening(server, address);
}

/** Joins a connection to a port of this machine, in both directions and to the end of both. */
export function passOn(client: Socket, targetPort: number): void {
  const target = connect(targetPort, "127.0.0.1");
  client.pipe(target).pipe(client);
  const end = () => {
    client.destroy();
    target.destroy();
  };
  for (const socket of [client, target]) socket.on("error", end).on("close", end);
}
