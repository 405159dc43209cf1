/** How often something is run that is timed. */
export interface Patience {
  /** This many runs after the first; where it is absent, as many as the milliseconds allow. */
  readonly runs?: number | undefined;
  readonly milliseconds: number;
  /** The time in milliseconds since some moment. */
  readonly clock: () => number;
}

/** What timing has shown. */
export interface Timing {
  /** The first run, which prepares the engine. */
  readonly firstMs: number;
  readonly medianMs: number;
  /** The fastest and the slowest run after the first. */
  readonly leastMs: number;
  readonly mostMs: number;
  /** How many runs came after the first. */
  readonly runs: number;
}

/** Fewer runs have no median that means anything. */
export const fewestRuns = 3;

/** More runs don't change the median. */
const mostRuns = 1000;

/** Times something: the first run, then those after it. */
export function timeRuns(once: () => void, { runs, milliseconds, clock }: Patience): Timing {
  const timed = (): number => {
    const began = clock();
    once();
    return clock() - began;
  };
  const firstMs = timed();
  const times: number[] = [];
  const began = clock();
  const isEnough = (): boolean =>
    runs === undefined
      ? times.length >= mostRuns || (times.length >= fewestRuns && clock() - began >= milliseconds)
      : times.length >= runs;
  while (!isEnough()) times.push(timed());
  const sorted = times.toSorted((one, other) => one - other);
  const [leastMs = 0, mostMs = 0] = [sorted[0], sorted.at(-1)];
  return { firstMs, medianMs: medianOf(sorted), leastMs, mostMs, runs: sorted.length };
}

function medianOf(sorted: readonly number[]): number {
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
