import { describe, expect, it } from 'vitest';
import type { ScheduleSettings } from '../../../src/compiler/training/settings.js';
import { rateFactor } from '../../../src/runtime/training/schedule.js';
import { shortening } from '../../../src/runtime/training/take-step.js';

function factors(schedule: ScheduleSettings, epochs = 4, stepsPerEpoch = 2, losses: readonly number[] = []) {
  return Array.from({ length: epochs * stepsPerEpoch }, (_, step) =>
    Number(
      rateFactor(schedule, {
        step,
        stepsPerEpoch,
        epochs,
        losses: losses.slice(0, Math.floor(step / stepsPerEpoch)),
      }).toFixed(6),
    ),
  );
}

describe('rateFactor', () => {
  it('stays 1, and rises evenly before that', () => {
    expect(factors({ kind: 'constant', warmup: 0 })).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(factors({ kind: 'constant', warmup: 2 })).toEqual([0.25, 0.5, 0.75, 1, 1, 1, 1, 1]);
    expect(factors({ kind: 'constant', warmup: 0.5 })).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('falls by steps, each after so many epochs', () => {
    expect(factors({ kind: 'step', every: 2, factor: 0.5, warmup: 0 })).toEqual([
      1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5,
    ]);
  });

  it('falls by a factor over each epoch', () => {
    expect(factors({ kind: 'exponential', factor: 0.25, warmup: 0 }, 2)).toEqual([1, 0.5, 0.25, 0.125]);
  });

  it('falls along half a cosine, from where it has risen, down to a floor', () => {
    const whole = factors({ kind: 'cosine', floor: 0, warmup: 0 });
    expect(whole).toEqual([1, 0.96194, 0.853553, 0.691342, 0.5, 0.308658, 0.146447, 0.03806]);
    const risen = factors({ kind: 'cosine', floor: 0, warmup: 2 });
    expect(risen).toEqual([0.25, 0.5, 0.75, 1, 1, 0.853553, 0.5, 0.146447]);
    expect(factors({ kind: 'cosine', floor: 0.5, warmup: 0 })[4]).toBe(0.75);
  });

  it('falls where the loss has not fallen for a while, and waits anew', () => {
    const schedule = { kind: 'plateau', factor: 0.5, patience: 2, warmup: 0 } as const;
    const losses = [1, 0.9, 0.95, 0.9, 0.99, 0.98, 0.8];
    expect(factors(schedule, 8, 1, losses)).toEqual([1, 1, 1, 1, 0.5, 0.5, 0.25, 0.25]);
  });
});

describe('shortening', () => {
  it('leaves short gradients alone and scales long ones to the limit, all together', () => {
    expect(shortening([[3], [4]], 5)).toBe(1);
    expect(shortening([[3], [4]], 1)).toBeCloseTo(0.2, 12);
    expect(shortening([[0], [0]], 1)).toBe(1);
  });
});
