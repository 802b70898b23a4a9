import { type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import { createSecureServer } from "node:http2";
import { createServer } from "node:https";
import type { Server } from "node:net";
import { constants, createGzip } from "node:zlib";
import { type Box, listening } from "./box";

/** What a CDN or a load balancer before a gateway does of its own accord. */
export interface EdgeOptions {
  /** Paths of which the answers are compressed, whatever the client asked for. */
  readonly compresses?: RegExp;
  /** Speaks HTTP/2 and nothing else. */
  readonly http2Only?: boolean;
  /** Answers in the gateway's place. @returns false: not this request */
  readonly answers?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** An HTTP server with TLS that passes requests on to a plain one on this machine. */
export function startEdge(
  targetPort: number,
  { cert, key }: { readonly cert: string; readonly key: string },
  options: EdgeOptions,
): Promise<Box> {
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    if (!options.answers?.(request, response)) passOn(request, response, targetPort, options);
  };
  const server: Server = options.http2Only
    ? createSecureServer({ cert, key }, (request, response) =>
        // Node's compatibility layer has the same surface, as far as it is used here.
        serve(request as unknown as IncomingMessage, response as unknown as ServerResponse),
      )
    : createServer({ cert, key }, serve);
  // A client that does not like the certificate or the protocol hangs up.
  server.on("tlsClientError", () => undefined);
  return listening(server);
}

function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  { compresses }: EdgeOptions,
): void {
  const { method, url: path = "/" } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !name.startsWith(":") && name !== "host"),
  );
  const onward = ask({ port, host: "127.0.0.1", method, path, headers }, (answer) => {
    const kept = Object.entries(answer.headers).filter(([name]) => !HOP_BY_HOP.includes(name));
    const isCompressed = compresses?.test(path) ?? false;
    response.writeHead(answer.statusCode ?? 502, {
      ...Object.fromEntries(kept.filter(([name]) => !isCompressed || name !== "content-length")),
      ...(isCompressed && { "content-encoding": "gzip" }),
    });
    if (isCompressed) answer.pipe(createGzip({ flush: constants.Z_SYNC_FLUSH })).pipe(response);
    else answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}

/** Belong to one connection; HTTP/2 refuses them. */
const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding"];
