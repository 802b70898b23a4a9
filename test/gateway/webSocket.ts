import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import type { GatewayMode } from "./modes";

/** The fixed value that RFC 6455 section 1.3 makes part of every handshake. */
const HANDSHAKE_VALUE = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Answers an upgrade; an accepted connection stays open and silent. */
export function serveUpgrade(mode: GatewayMode, key: string, socket: Duplex): void {
  if (mode === "websocket-hang") return;
  if (mode === "websocket-accept") {
    const accept = createHash("sha1")
      .update(key + HANDSHAKE_VALUE)
      .digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    return;
  }
  // Codex falls back to HTTPS at once on 426; on any other status it tries seven times.
  socket.end("HTTP/1.1 426 Upgrade Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}
