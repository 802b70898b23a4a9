import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A real SOCKS5 proxy (RFC 1928) on 127.0.0.1 that leads everything to one port of this machine. */
export interface SocksProxy {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const NO_LOGIN = Buffer.of(5, 0);
/** Connected, by an address that does not matter. */
const CONNECTED = Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0);

export async function startSocksProxy(targetPort: number): Promise<SocksProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on("error", () => client.destroy());
    // The two messages of a client come one by one, because it waits for each answer.
    client.once("data", () => {
      client.write(NO_LOGIN);
      client.once("data", () => {
        const target = connect(targetPort, "127.0.0.1", () => {
          client.write(CONNECTED);
          client.pipe(target).pipe(client);
        });
        sockets.add(target);
        target.on("error", () => client.destroy());
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
