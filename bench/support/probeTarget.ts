// A TLS server with a model list, and relays before it that take their time. In a process of its own, so that
// it does not share a thread with what is measured.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { modelListBody } from "../../test/gateway/bodies";

export interface ProbeTarget {
  /** The port of the relay with each delay; 0: the server itself. */
  readonly ports: Readonly<Record<number, number>>;
}

const [certFile = "", keyFile = "", ...delays] = process.argv.slice(2);

const server = createHttpsServer(
  { cert: readFileSync(certFile), key: readFileSync(keyFile) },
  (_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(modelListBody()));
  },
);
const target = await listen(server);
const ports: Record<number, number> = { 0: target };
for (const delayMs of delays.map(Number)) ports[delayMs] = await listen(relay(target, delayMs));
process.send!({ ports } satisfies ProbeTarget);
process.once("disconnect", () => process.exit());

/** Delays each direction. The first bytes wait a round trip longer: that of TCP, which a relay cannot delay. */
function relay(port: number, delayMs: number): Server {
  return createServer((client) => {
    const upstream = connect({ port, host: "127.0.0.1", noDelay: true });
    client.setNoDelay();
    forward(client, upstream, performance.now() + 2 * delayMs, delayMs);
    forward(upstream, client, 0, delayMs);
  });
}

function forward(from: Socket, to: Socket, openAt: number, delayMs: number): void {
  const later = (step: () => void) => {
    setTimeout(step, Math.max(0, openAt - performance.now()) + delayMs);
  };
  from.on("data", (data) => later(() => to.write(data)));
  from.on("end", () => later(() => to.end()));
  from.on("error", () => to.destroy());
}

async function listen(listener: Server): Promise<number> {
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return (listener.address() as AddressInfo).port;
}
