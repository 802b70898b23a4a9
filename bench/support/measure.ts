/** Something to measure. Resolves when one run is over. */
export interface Contestant {
  readonly name: string;
  /** What has to be there first; its time does not count. */
  readonly prepare?: () => unknown;
  readonly run: () => unknown;
}

export interface Measured {
  readonly name: string;
  /** The median of all rounds, in milliseconds. */
  readonly medianMs: number;
}

/**
 * Runs the contestants in turns, so that a busy machine slows all of them alike.
 * @param rounds how often each one runs; the first fifth warms up and does not count
 */
export async function measure(contestants: readonly Contestant[], rounds: number): Promise<Measured[]> {
  const times = contestants.map((): number[] => []);
  const warmUps = Math.ceil(rounds / 5);
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const [index, { prepare, run }] of contestants.entries()) {
      await prepare?.();
      const start = performance.now();
      await run();
      if (round >= warmUps) times[index]!.push(performance.now() - start);
    }
  }
  return contestants.map(({ name }, index) => ({ name, medianMs: median(times[index]!) }));
}

/** Prints one line for each, with its time as a multiple of the reference, which comes last. */
export function printRatios(title: string, measured: readonly Measured[]): void {
  const reference = measured.at(-1)!;
  console.log(`\n${title} (1 = ${reference.name})`);
  for (const { name, medianMs } of measured) {
    const ratio = (medianMs / reference.medianMs).toFixed(2);
    console.log(`${ratio.padStart(9)} x  ${medianMs.toFixed(2).padStart(9)} ms  ${name}`);
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
