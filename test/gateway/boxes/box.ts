import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";

/** Something on the way to the gateway, on 127.0.0.1. */
export interface Box {
  readonly port: number;
  /** Stops listening and cuts every connection. */
  readonly close: () => Promise<void>;
}

/** Makes a server of any protocol a box. */
export async function listening(server: Server, address = "127.0.0.1"): Promise<Box> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => open.delete(socket));
  });
  server.listen(0, address);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
