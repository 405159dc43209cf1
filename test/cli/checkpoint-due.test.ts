import { describe, expect, it } from 'vitest';
import { openCheckpointClock } from '../../src/cli/checkpoint-due.js';

describe('a checkpoint is due', () => {
  it('after so many steps and each epoch, where that is asked for', () => {
    const clock = openCheckpointClock(5, () => 0);
    expect([4, 5, 6, 10].map((step) => clock.isDue(step, false))).toEqual([false, true, false, true]);
    expect(clock.isDue(6, true)).toBe(true);
  });

  it('else after fifty times the time that the last one took', () => {
    let time = 0;
    const clock = openCheckpointClock(undefined, () => time);
    const dueAt = (now: number, isEpochEnd: boolean): boolean => {
      time = now;
      return clock.isDue(1, isEpochEnd);
    };
    expect([dueAt(999, true), dueAt(1_000, true)]).toEqual([false, true]);
    expect([dueAt(9_999, false), dueAt(10_000, false)]).toEqual([false, true]);
    clock.time(() => {
      time += 1_000;
    });
    expect([dueAt(60_999, true), dueAt(60_999, false), dueAt(61_000, false)]).toEqual([false, false, true]);
  });
});
