import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { MODE_PATH, RECORDED_PATH, serveModeChange, serveReplay } from "./control";
import { type GatewayMode, type GatewayScope, ModeSwitch } from "./modes";
import { type Replay, replayOf } from "./recorded";
import { type LoggedRequest, RequestLog } from "./requestLog";
import { serveRequest } from "./routes";
import { serveUpgrade } from "./webSocket";

export interface Gateway {
  /** The base URL without `/v1`, on 127.0.0.1. */
  readonly url: string;
  /** The only key it accepts, beside those of `accept`. */
  readonly key: string;
  /** Everything asked so far except mode changes, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** How it answers from now on; a mode for one scope is an exception to the mode for all. */
  setMode(mode: GatewayMode, scope?: GatewayScope): void;
  /** Answers from now on as a real gateway did in a recorded state, until `setMode`; forgets the requests seen so far. */
  replay(...recorded: Parameters<typeof replayOf>): void;
  /** Takes another key too; @param mode how it answers to that one alone */
  accept(key: string, mode?: GatewayMode): void;
  /** Forgets the requests seen so far. */
  clear(): void;
  /** The first request that matches, seen already or still to come. Rejects after `timeoutMs` (10 s) or on close. */
  waitForRequest(matches: (request: LoggedRequest) => boolean, timeoutMs?: number): Promise<LoggedRequest>;
  /** Stops listening and cuts every connection, hanging ones too. Start again with the same port to recover. */
  close(): Promise<void>;
}

/**
 * Starts a gateway like TokenPool's on the loopback interface, so that nothing needs an account.
 *
 * @param options `port` 0 or none: any free one; `key`: instead of the demo key.
 */
export async function startGateway(options: { port?: number; key?: string } = {}): Promise<Gateway> {
  const key = options.key ?? demoKey();
  const log = new RequestLog();
  const modes = new ModeSwitch();
  let replayed: Replay | undefined;
  const setMode = (mode: GatewayMode, scope: GatewayScope = "all") => {
    replayed = undefined;
    modes.set(mode, scope);
  };
  const replay: Gateway["replay"] = (...recorded) => {
    replayed = replayOf(...recorded);
    log.clear();
  };
  const others = new Map<string, GatewayMode | undefined>();
  const connections = new Set<Duplex>();

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const entry = describe(request, body, false);
    if (request.method === "POST" && entry.path === MODE_PATH) {
      serveModeChange(body, setMode, response);
      return;
    }
    if (entry.path === RECORDED_PATH) {
      serveReplay(body, replay, log.requests, response);
      return;
    }
    const earlier = [...log.requests];
    log.add(entry);
    if (replayed) replayed(entry, earlier, response);
    else {
      const sent = entry.authorization?.replace(/^Bearer /, "") ?? "";
      const accepted = others.has(sent) ? sent : key;
      serveRequest(
        request,
        entry.path,
        body,
        accepted,
        (scope) => others.get(sent) ?? modes.get(scope),
        response,
      );
    }
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  server.on("upgrade", (request, socket: Duplex) => {
    // The HTTP server no longer looks after this connection: a client that resets it must not end the program.
    socket.on("error", () => socket.destroy());
    log.add(describe(request, "", true));
    serveUpgrade(modes.get("responses"), request.headers["sec-websocket-key"] ?? "", socket);
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    requests: log.requests,
    setMode,
    replay,
    accept: (other, mode) => others.set(other, mode),
    clear: () => log.clear(),
    waitForRequest: (matches, timeoutMs = 10_000) => log.waitFor(matches, timeoutMs),
    close: async () => {
      log.close();
      for (const connection of connections) connection.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Has the shape of a real key, is the same every time, and stands in no file. */
export function demoKey(): string {
  return `sk-${createHash("sha256").update("TokenPool gateway simulator").digest("hex")}`;
}

function describe(request: IncomingMessage, body: string, upgrade: boolean): LoggedRequest {
  const [path = "", query] = (request.url ?? "").split(/(?=\?)/);
  return {
    method: request.method ?? "",
    path,
    query: query ?? "",
    headers: request.headers,
    body,
    authorization: request.headers.authorization,
    upgrade,
  };
}
