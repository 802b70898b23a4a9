/** So much of a key tells whose it is, and helps whoever guesses the rest: a cut key counts as the key. */
const TELLING_LENGTH = 20;

/** As Git judges it: a NUL in the first 8000 bytes. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8_000).includes(0);
}

/** The beginning of a key, which counts as the key. */
export function tellingPart(apiKey: string): string {
  return apiKey.slice(0, TELLING_LENGTH);
}

export function holdsKey(text: string, apiKey: string): boolean {
  return text.includes(tellingPart(apiKey));
}

/** Start and end of every place where the key or its beginning stands; offsets in UTF-16 code units. */
export function placesOfKey(text: string, apiKey: string): [start: number, end: number][] {
  const beginning = tellingPart(apiKey);
  const places: [number, number][] = [];
  for (let start = text.indexOf(beginning); start >= 0;) {
    let length = beginning.length;
    while (length < apiKey.length && text[start + length] === apiKey[length]) length++;
    places.push([start, start + length]);
    start = text.indexOf(beginning, start + length);
  }
  return places;
}
