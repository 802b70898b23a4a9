/** Questions to programs on this machine that cost little to ask again, and whether they would answer the same. */
export interface TrackedAsks {
  /** The same function, remembering what it was asked and what it answered. */
  of<Ask extends (...args: never[]) => Promise<unknown>>(ask: Ask): Ask;
  of<Ask extends (...args: never[]) => Promise<unknown>>(ask: Ask | undefined): Ask | undefined;
  areUnchanged(): Promise<boolean>;
}

export function trackAsks(): TrackedAsks {
  const again: (() => Promise<boolean>)[] = [];
  const of = <Ask extends (...args: never[]) => Promise<unknown>>(ask: Ask | undefined) =>
    ask &&
    (async (...args: Parameters<Ask>) => {
      const answer = await ask(...args);
      const isSame = (now: unknown) => JSON.stringify(now) === JSON.stringify(answer);
      again.push(() => ask(...args).then(isSame, () => false));
      return answer;
    });
  return {
    of,
    areUnchanged: async () => (await Promise.all(again.map((ask) => ask()))).every(Boolean),
  };
}
