/** How far a text was read while something ran: characters looked at, copied or searched through. */
export interface Steps {
  count: number;
}

type Method = (this: string, ...args: never[]) => unknown;

/** What one call of a method reads of the text, as far as the engine's own code tells. */
const READ: Readonly<Record<string, (text: string, args: readonly unknown[], result: unknown) => number>> = {
  charCodeAt: () => 1,
  codePointAt: () => 1,
  charAt: () => 1,
  slice: (_text, _args, result) => String(result).length,
  split: (text) => text.length,
  replace: (text) => text.length,
  replaceAll: (text) => text.length,
  trim: (text) => text.length,
  indexOf: (text, [, from = 0], result) =>
    result === -1 ? text.length - Number(from) : Number(result) - Number(from),
  lastIndexOf: (_text, [, from], result) => (from === undefined ? 0 : Number(from) - Number(result)),
};

/**
 * Counts instead of measuring time, so that a test says the same on every machine. What a pattern does inside
 * is not seen: behind hostile texts for patterns stands `withinTenSeconds`.
 */
export async function countSteps(run: () => unknown): Promise<number> {
  const steps: Steps = { count: 0 };
  const strings = String.prototype as unknown as Record<string, Method>;
  const originals = Object.keys(READ).map((name) => [name, strings[name]] as const);
  for (const [name, original] of originals) {
    const read = READ[name];
    if (!original || !read) throw new Error(name);
    strings[name] = function (this: string, ...args: never[]) {
      const result = original.apply(this, args);
      steps.count += read(this, args, result);
      return result;
    };
  }
  try {
    await run();
  } finally {
    for (const [name, original] of originals) if (original) strings[name] = original;
  }
  return steps.count;
}
