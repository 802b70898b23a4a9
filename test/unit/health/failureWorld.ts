import type { Socket } from "node:net";
import type { ProbeLimits } from "../../../src/health/probe/probe";
import { authority, type Certificate, issue, selfSigned } from "./certificate";
import { answering, listen, type Loopback, response } from "./loopback";

/** The model list that a healthy endpoint sends. */
export const MODELS = JSON.stringify({ object: "list", data: [{ id: "gpt-5.5" }] });

/** Where a failure mode is asked, and how. */
export interface Question {
  readonly endpoint: string;
  readonly limits?: Partial<ProbeLimits>;
  readonly proxy?: string;
  readonly trusted?: Certificate;
}

/** What one test has started. */
export class World {
  private readonly started: { close: () => Promise<void> }[] = [];
  /** All that arrived at servers which are not the endpoint. */
  receivedElsewhere = "";
  private readonly sockets: Socket[] = [];

  get bytesSent(): number {
    return this.sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
  }

  async start(serve: (socket: Socket) => void, certificate?: Certificate): Promise<Loopback> {
    const accept = (socket: Socket) => {
      this.sockets.push(socket);
      serve(socket);
    };
    return this.closeLater(await listen(accept, certificate));
  }

  /** A server to which the key must not come. */
  startElsewhere(serve: (socket: Socket) => void): Promise<Loopback> {
    return this.start((socket) => {
      socket.on("data", (data) => (this.receivedElsewhere += data.toString("latin1")));
      serve(socket);
    });
  }

  closeLater<T extends { close: () => Promise<void> }>(server: T): T {
    this.started.push(server);
    return server;
  }

  async end(): Promise<void> {
    await Promise.all(this.started.map(({ close }) => close()));
  }
}

/** Builds what a failure mode needs. */
export type Setting = (world: World) => Promise<Question>;

export const at =
  (endpoint: string): Setting =>
  () =>
    Promise.resolve({ endpoint });

export const plain =
  (serve: (socket: Socket) => void, limits = {}): Setting =>
  async (world) => ({ endpoint: `http://127.0.0.1:${(await world.start(serve)).port}`, limits });

export const answer = (...parts: (string | Uint8Array)[]): Setting => plain(answering(...parts));

/** Redirects to another server, which would answer well. */
export const redirect =
  (status: number): Setting =>
  async (world) => {
    const { port } = await world.startElsewhere(answering(response("200 OK", "application/json", MODELS)));
    const location = `http://127.0.0.1:${port}/v1/models`;
    return answer(`HTTP/1.1 ${status} x\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`)(world);
  };

export const tls =
  (
    certificate: Certificate,
    trusted?: Certificate,
    sent = response("200 OK", "application/json", MODELS),
  ): Setting =>
  async (world) => {
    const { port } = await world.start(answering(sent), certificate);
    return { endpoint: `https://localhost:${port}`, ...(trusted && { trusted }) };
  };

/** A server that does something else once the client begins with TLS. */
export const cutTls =
  (serve: (socket: Socket) => void): Setting =>
  async (world) => {
    const { port } = await world.start((socket) => socket.once("data", () => serve(socket)));
    return { endpoint: `https://localhost:${port}` };
  };

export const proxy =
  (serve: (socket: Socket) => void, limits = {}): Setting =>
  async (world) => {
    const { port } = await world.startElsewhere(serve);
    return { endpoint: "https://gateway.invalid", proxy: `http://127.0.0.1:${port}`, limits };
  };

export const proxyAt =
  (address: string): Setting =>
  () =>
    Promise.resolve({ endpoint: "https://gateway.invalid", proxy: address });

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
export const COMPANY = authority("Company Authority");
/** Nobody sends it. */
const INTERMEDIATE = authority("Intermediate Authority");
export const certificates = {
  selfSigned: selfSigned("localhost", inDays(-1), inDays(1)),
  otherName: issue("other.invalid", inDays(-1), inDays(1), COMPANY),
  expired: issue("localhost", inDays(-2), inDays(-1), COMPANY),
  notYet: issue("localhost", inDays(1), inDays(2), COMPANY),
  company: issue("localhost", inDays(-1), inDays(1), COMPANY),
  incomplete: issue("localhost", inDays(-1), inDays(1), INTERMEDIATE, {
    issuerAddress: "http://issuer.invalid/between.crt",
  }),
};
