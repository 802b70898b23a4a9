import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import type { Certificate } from "./certificate";

/** A real CONNECT proxy on 127.0.0.1 which leads every tunnel to one port of this machine. */
export interface ConnectProxy {
  readonly port: number;
  readonly requests: readonly IncomingMessage[];
  targetPort: number;
  /** `user:password` that it asks for; undefined: it lets everybody through. */
  credentials: string | undefined;
  /** Name of a host that it finds no way to. */
  unreachableHost: string | undefined;
  readonly close: () => Promise<void>;
}

/** @param certificate the proxy itself speaks TLS */
export async function startProxy(targetPort: number, certificate?: Certificate): Promise<ConnectProxy> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Duplex>();
  const server = certificate ? createTlsServer(certificate) : createServer();
  server.on("connection", (socket: Duplex) => sockets.add(socket));
  server.on("connect", (request: IncomingMessage, client: Duplex) => {
    requests.push(request);
    client.on("error", () => client.destroy());
    const { credentials } = proxy;
    const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
    if (expected && request.headers["proxy-authorization"] !== expected) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    if (request.url?.startsWith(`${proxy.unreachableHost}:`)) {
      client.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const target = connect(proxy.targetPort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(target).pipe(client);
    });
    sockets.add(target);
    target.on("error", () => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy: ConnectProxy = {
    port: (server.address() as AddressInfo).port,
    requests,
    targetPort,
    credentials: undefined,
    unreachableHost: undefined,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
