import { gunzipSync } from "node:zlib";

/** The beginning of an answer's body. */
export interface LimitedBody {
  readonly body: Uint8Array;
  /** There was more than the limit; what came until then is in `body`. */
  readonly oversized: boolean;
}

/** Reads until the end or just past `limit` bytes, and then hangs up. */
export async function readLimited(stream: AsyncIterable<Uint8Array>, limit: number): Promise<LimitedBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop ends the stream and with it the connection.
    if (size > limit) return { body: Buffer.concat(chunks), oversized: true };
  }
  return { body: Buffer.concat(chunks), oversized: false };
}

/**
 * What a CDN on the way has compressed although nobody asked for it: both clients read a list that comes so.
 *
 * @param limit of the unpacked bytes: a few packed ones can hold any number of them
 * @returns undefined: it is no gzip, not all of it, or too much
 */
export function unpacked({ body, oversized }: LimitedBody, limit: number): LimitedBody | undefined {
  if (oversized) return undefined;
  try {
    return { body: gunzipSync(body, { maxOutputLength: limit }), oversized };
  } catch {
    return undefined;
  }
}
