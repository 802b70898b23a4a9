import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Certificate } from "./certificate";

/** A server on 127.0.0.1 that does with each connection whatever a test wants. */
export interface Loopback {
  readonly port: number;
  /** All connections accepted so far; of a TLS server those whose handshake succeeded. */
  readonly connections: readonly Socket[];
  readonly close: () => Promise<void>;
}

export async function listen(serve: (socket: Socket) => void, certificate?: Certificate): Promise<Loopback> {
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

/** Answers with the bytes and breaks the connection once they were read. */
export function resetting(answer: string): (socket: Socket) => void {
  return (socket) =>
    socket.once("data", () => {
      // Client and server share this thread: between two of these the client reads what there is.
      const rounds = (left: number): unknown =>
        left > 0 ? setImmediate(() => rounds(left - 1)) : socket.resetAndDestroy();
      socket.write(answer, () => rounds(3));
    });
}

/** The same all at once: what Node reads together with the reset it takes for a plain end. */
export function resettingAtOnce(answer: string): (socket: Socket) => void {
  return (socket) =>
    socket.once("data", () => {
      socket.write(answer);
      socket.resetAndDestroy();
    });
}

/** Answers with the beginning, and then with a little more again and again until the client hangs up. */
export function dripping(beginning: string, drop: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(beginning);
    const timer = setInterval(() => socket.write(drop), 20);
    socket.once("close", () => clearInterval(timer));
  };
}

/** Answers with a head and then with as many bytes of one kind as the client takes, at most `size`. */
export function pouring(head: string, size: number): (socket: Socket) => void {
  return (socket) => {
    const chunk = Buffer.alloc(64 * 1024, " ");
    let left = size;
    const write = () => {
      while (left > 0 && !socket.destroyed) {
        left -= chunk.length;
        if (!socket.write(chunk)) return;
      }
    };
    socket.on("drain", write);
    socket.write(head);
    write();
  };
}

/** A status line with headers and a body of that length. */
export function response(status: string, contentType: string, body: string | Uint8Array): Buffer {
  const length = Buffer.byteLength(body);
  const head = `HTTP/1.1 ${status}\r\ncontent-type: ${contentType}\r\ncontent-length: ${length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const { port, close } = await listen(() => undefined);
  await close();
  return port;
}

/** A port on which a program listens, but too busy to accept: the system's queue for it is full. */
export async function unacceptingPort(): Promise<{ port: number; close: () => Promise<void> }> {
  const program = `require("node:net").createServer().listen(0, "127.0.0.1", 1, function () {
    require("node:fs").writeSync(1, String(this.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  })`;
  const child: ChildProcess = spawn(process.execPath, ["-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = (await once(child.stdout!, "data")) as [Buffer];
  const port = Number(output.toString());
  const waiting = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  await once(waiting[0]!, "connect");
  return {
    port,
    close: async () => {
      for (const socket of waiting) socket.destroy();
      child.kill("SIGKILL");
      await once(child, "close");
    },
  };
}
