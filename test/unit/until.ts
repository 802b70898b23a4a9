/** Only a test that fails waits that long; without an end it would keep those after it waiting too. */
const LIMIT_MS = 15_000;

/** Waits for something that others do, turn by turn of the event loop. @returns what there is then */
export async function until<T>(find: () => T | undefined | false): Promise<T> {
  const limit = Date.now() + LIMIT_MS;
  for (;;) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > limit) throw new Error(`In vain: ${String(find)}`);
    await new Promise(setImmediate);
  }
}
