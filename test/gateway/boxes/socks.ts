import { createServer } from "node:net";
import { type Box, listening } from "./box";
import { passOn } from "./tlsFront";

/** Version 5, no login (RFC 1928): every connection, whatever its host, leads to one port of this machine. */
export function startSocks(targetPort: number): Promise<Box> {
  const server = createServer((client) => {
    client.once("data", () => {
      client.write(Buffer.of(5, 0));
      client.once("data", () => {
        client.write(Buffer.of(5, 0, 0, 1, 127, 0, 0, 1, 0, 0));
        passOn(client, targetPort);
      });
    });
  });
  return listening(server);
}
