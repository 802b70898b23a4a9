import { connect, createServer, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { type Box, listening } from "./box";

/** How bad a wire is. The same on every run: what gets lost is drawn from a fixed seed. */
export interface WireOptions {
  /** There and back, in milliseconds. */
  readonly roundTripMs: number;
  readonly bytesPerSecond?: number;
  /** Share of packets that have to be sent again. */
  readonly loss?: number;
}

const PACKET_BYTES = 1_400;
/** Linux waits at least so long for an acknowledgement, beside the way itself. */
const RESEND_MS = 200;

/** Leads to a port of this machine as over a bad wire: the bytes come late, and in order. */
export function startWire(targetPort: number, options: WireOptions): Promise<Box> {
  const random = seeded(1);
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const target = connect({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true });
    // A connection is open only after its first packet went there and came back.
    const opened = performance.now() + options.roundTripMs;
    carry(client, target, opened, options, random);
    carry(target, client, opened, options, random);
    const end = () => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) socket.on("error", end);
  });
  return listening(server);
}

function carry(from: Socket, to: Socket, opened: number, options: WireOptions, random: () => number): void {
  const { roundTripMs, bytesPerSecond = Infinity, loss = 0 } = options;
  let free = opened;
  // One after the other: of two timers for the same moment the later one may come first, and TLS ends there.
  let carried = Promise.resolve();
  const later = (bytes: number, work: () => void) => {
    let delayMs = (bytes / bytesPerSecond) * 1_000;
    for (let wait = roundTripMs + RESEND_MS; random() < loss; wait *= 2) delayMs += wait;
    free = Math.max(free, performance.now()) + delayMs;
    const due = free + roundTripMs / 2;
    carried = carried.then(() => setTimeout(due - performance.now())).then(work);
  };
  from.on("data", (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; at += PACKET_BYTES) {
      const packet = chunk.subarray(at, at + PACKET_BYTES);
      later(packet.length, () => {
        if (to.writable) to.write(packet);
      });
    }
  });
  from.on("end", () => later(0, () => to.end()));
}

/** mulberry32: small, and good enough for what gets lost. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
