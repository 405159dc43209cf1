/** One line of a benchmark's table. */
export interface Row {
  readonly what: string;
  readonly value: string;
  /** What performance.md asks for, where it asks for something. */
  readonly target?: string;
}

/** How long to measure. */
export interface Effort {
  /** True for the smoke run of CI: everything runs once, and the figures mean little. */
  readonly smoke: boolean;
}

/** The median of the times that a function takes, in milliseconds; the first runs, which warm it up, don't count. */
export async function medianMilliseconds(run: () => unknown, rounds: number, warmUp = 1): Promise<number> {
  const times: number[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const start = performance.now();
    await run();
    if (round >= 0) times.push(performance.now() - start);
  }
  return median(times);
}

/** The median of the ratios of two functions' times, measured in pairs in random order with a pause between. */
export async function medianRatio(
  first: () => unknown,
  second: () => unknown,
  rounds: number,
): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times = { first: 0, second: 0 };
    const order: readonly (keyof typeof times)[] =
      Math.random() < 0.5 ? ['first', 'second'] : ['second', 'first'];
    for (const which of order) {
      await pause(50);
      times[which] = await medianMilliseconds(which === 'first' ? first : second, 1, 0);
    }
    ratios.push(times.first / times.second);
  }
  return median(ratios);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
