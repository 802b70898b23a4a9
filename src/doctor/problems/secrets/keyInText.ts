/** So much of a key tells whose it is, and helps whoever guesses the rest: a cut key counts as the key. */
const TELLING_LENGTH = 20;

/** The beginning of a key, which counts as the key. */
export function tellingPart(apiKey: string): string {
  return apiKey.slice(0, TELLING_LENGTH);
}

/**
 * Whether a file holds the key. PowerShell's > writes UTF-16, and its >> behind UTF-8 too: read as bytes, each letter has
 * a NUL beside it then. In what else has a NUL early on, and so is no text for Git, nothing is looked for.
 * @param text as Git shows it, or each byte as a character
 */
export function holdsKey(text: string, apiKey: string): boolean {
  const part = tellingPart(apiKey);
  return text.includes(part.split("").join("\0")) || (!isBinary(text) && text.includes(part));
}

function isBinary(text: string): boolean {
  return text.slice(0, 8_000).includes("\0");
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

/** The same for several keys, in the order of the text; no two places touch. */
export function placesOfKeys(text: string, apiKeys: readonly string[]): [start: number, end: number][] {
  const places = apiKeys.flatMap((apiKey) => placesOfKey(text, apiKey)).sort(([a], [b]) => a - b);
  return places.filter(([start], at) => places.slice(0, at).every(([, end]) => end <= start));
}
