/** The text of a file in UTF-16, with or without byte order mark; undefined for every other encoding. */
export function decodeUtf16(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes || bytes.length < 2 || bytes.length % 2 !== 0) return undefined;
  // ASCII, of which a configuration file mostly consists, has a NUL in every second byte.
  const bigEndian = bytes[0] === 0 || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const littleEndian = bytes[1] === 0 || (bytes[0] === 0xff && bytes[1] === 0xfe);
  if (!bigEndian && !littleEndian) return undefined;
  try {
    return new TextDecoder(bigEndian ? "utf-16be" : "utf-16le", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
