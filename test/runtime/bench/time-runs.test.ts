import { describe, expect, it } from 'vitest';
import { timeRuns } from '../../../src/runtime/bench/time-runs.js';

/** A clock that each run moves on by the next of these times, and by the last one from then on. */
function clockWith(times: readonly number[]): { readonly clock: () => number; readonly once: () => void } {
  let [now, run] = [100, 0];
  return {
    clock: () => now,
    once: () => {
      now += times[Math.min(run, times.length - 1)] ?? 0;
      run += 1;
    },
  };
}

describe('timing runs', () => {
  it('tells the first from the median of those after it, of an even number too', () => {
    const { clock, once } = clockWith([50, 9, 1, 4, 2]);
    expect(timeRuns(once, { runs: 4, milliseconds: 0, clock })).toEqual({
      firstMs: 50,
      medianMs: 3,
      leastMs: 1,
      mostMs: 9,
      runs: 4,
    });
  });

  it('goes on for as long as it is told, which the first run is not part of', () => {
    const { clock, once } = clockWith([5000, 300]);
    expect(timeRuns(once, { milliseconds: 2000, clock }).runs).toBe(7);
  });

  it('runs three times however slow that is', () => {
    const { clock, once } = clockWith([60_000]);
    expect(timeRuns(once, { milliseconds: 2000, clock }).runs).toBe(3);
  });

  it('ends after a thousand runs however fast they are', () => {
    const { clock, once } = clockWith([0]);
    expect(timeRuns(once, { milliseconds: 2000, clock }).runs).toBe(1000);
  });
});
