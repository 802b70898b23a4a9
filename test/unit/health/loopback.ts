import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { SelfSigned } from "./certificate";

/** A server on 127.0.0.1 that does with each connection whatever a test wants. */
export interface Loopback {
  readonly port: number;
  /** All connections accepted so far. */
  readonly connections: readonly Socket[];
  readonly close: () => Promise<void>;
}

export async function listen(serve: (socket: Socket) => void, certificate?: SelfSigned): Promise<Loopback> {
  const connections: Socket[] = [];
  const accept = (socket: Socket) => {
    connections.push(socket);
    // Clients that hang up are what is tested here.
    socket.on("error", () => socket.destroy());
    serve(socket);
  };
  const server: Server = certificate ? createTlsServer(certificate, accept) : createServer(accept);
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers every request with the same bytes and hangs up. */
export function answering(...parts: (string | Uint8Array)[]): (socket: Socket) => void {
  return (socket) =>
    socket.once("data", () => {
      for (const part of parts) socket.write(part);
      socket.end();
    });
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const { port, close } = await listen(() => undefined);
  await close();
  return port;
}
