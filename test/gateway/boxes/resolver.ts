import { createSocket } from "node:dgram";
import { once } from "node:events";
import { isIPv4 } from "node:net";

/** What a name server says: addresses of the asked family (none: the name has none), an error, or nothing at all. */
export type NameAnswer = readonly string[] | "SERVFAIL" | "NXDOMAIN" | "REFUSED" | "silence";
export type Names = (name: string, family: 4 | 6) => NameAnswer;

const CODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const RESPONSE = 0x8180;
const TYPE_A = 1;
const HEADER_BYTES = 12;

/** A name server on 127.0.0.1 (RFC 1035 section 4), at the port at which every program asks: for a network of its own only. */
export async function startResolver(names: Names): Promise<{ close: () => Promise<void> }> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const response = respond(query, names);
    if (response) socket.send(response, port, address);
  });
  socket.bind(53, "127.0.0.1");
  await once(socket, "listening");
  return {
    close: () =>
      new Promise((resolve) => {
        socket.close(resolve);
      }),
  };
}

function respond(query: Buffer, names: Names): Buffer | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(HEADER_BYTES, at + 5);
  const type = query.readUInt16BE(at + 1);
  const answer = names(labels.join("."), type === TYPE_A ? 4 : 6);
  if (answer === "silence") return undefined;
  const records = typeof answer === "string" ? [] : answer.map((address) => record(type, address));
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(RESPONSE | (typeof answer === "string" ? CODES[answer] : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records]);
}

/** An address of the asked name, for a minute. */
function record(type: number, address: string): Buffer {
  const bytes = isIPv4(address) ? Buffer.from(address.split(".").map(Number)) : ipv6Bytes(address);
  const head = Buffer.of(0xc0, HEADER_BYTES, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length);
  return Buffer.concat([head, bytes]);
}

/** Only of `::` and `::1`. */
function ipv6Bytes(address: string): Buffer {
  const bytes = Buffer.alloc(16);
  bytes[15] = address === "::1" ? 1 : 0;
  return bytes;
}
