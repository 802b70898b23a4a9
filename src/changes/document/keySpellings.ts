/** The shape of the gateway's own keys. */
const API_KEY_SHAPE = /sk-[0-9a-f]{64}/g;

const ENCODINGS: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text, "utf8"),
  (text) => Buffer.from(text, "utf16le"),
  (text) => Buffer.from(text, "utf16le").swap16(),
];

/** A file's text in whatever encoding an editor or a shell may have left it, to be looked at only. */
export function readableText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  const isBigEndian = buffer[0] === 0 || (buffer[0] === 0xfe && buffer[1] === 0xff);
  const isLittleEndian = buffer[1] === 0 || (buffer[0] === 0xff && buffer[1] === 0xfe);
  const even = buffer.subarray(0, buffer.length & ~1);
  const text = isBigEndian
    ? even.swap16().toString("utf16le")
    : isLittleEndian
      ? even.toString("utf16le")
      : buffer.toString("utf8");
  return text.replace(/^\ufeff/, "");
}

/** Everything in a text that looks like a key of the gateway, also where single characters are escaped. */
export function keysIn(text: string): string[] {
  const plain = text.replace(/\\(?:u00|U000000|x)([0-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  return plain.match(API_KEY_SHAPE) ?? [];
}

/** Takes keys out of a file in every encoding, and however a character is spelled in JSON and TOML strings. */
export function withoutKeys(bytes: Uint8Array, keys: readonly string[]): Uint8Array {
  // Latin-1 maps every byte to one character and back, so nothing but the keys themselves changes.
  let text = Buffer.from(bytes).toString("latin1");
  for (const key of keys) if (key) text = text.replaceAll(spellingsOf(key), "");
  return Buffer.from(text, "latin1");
}

/** Matches every way a key may stand in a file's bytes, one Latin-1 character for each. */
function spellingsOf(key: string): RegExp {
  const spelledIn = (encode: (typeof ENCODINGS)[number]) => {
    const literal = (text: string) =>
      Array.from(encode(text), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
    const eitherCase = (digit: string) => `(?:${literal(digit)}|${literal(digit.toUpperCase())})`;
    const hex = (character: string, length: number) =>
      Array.from((character.codePointAt(0) ?? 0).toString(16).padStart(length, "0"), eitherCase).join("");
    const escapes: readonly [start: string, length: number][] = [
      ["\\u", 4],
      ["\\U", 8],
      ["\\x", 2],
    ];
    return Array.from(key, (character) => {
      const escaped = escapes.map(([start, length]) => literal(start) + hex(character, length));
      return `(?:${[literal(character), ...escaped].join("|")})`;
    }).join("");
  };
  return new RegExp(ENCODINGS.map(spelledIn).join("|"), "g");
}
