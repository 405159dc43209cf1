import { describe, expect, it } from 'vitest';
import type { OptimizerSettings } from '../../../src/compiler/training/settings.js';
import { followerOf } from '../../../src/runtime/training/optimizers/follower.js';

const start = [1, -2, 0.5];
const gradients = [
  [0.1, -0.2, 0.3],
  [-0.4, 0.5, 0.6],
  [0.7, 0, -0.9],
];

/** The weights after three steps. */
function follow(settings: OptimizerSettings, rates: readonly number[] = [0.1, 0.1, 0.1]): number[] {
  const weights = Float32Array.from(start);
  const { move } = followerOf(settings, weights.length);
  gradients.forEach((gradient, place) => {
    move(weights, { gradient, factor: 1, rate: rates[place] ?? 0, step: place + 1 });
  });
  return [...weights];
}

/** The same by a formula for one weight, in double precision. */
function byHand(
  step: (weight: number, gradient: number, time: number) => number,
  reset: () => void,
): number[] {
  return start.map((first, place) => {
    reset();
    return gradients.reduce((weight, gradient, time) => step(weight, gradient[place] ?? 0, time + 1), first);
  });
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((value, place) => {
    expect(value).toBeCloseTo(expected[place] ?? Number.NaN, 5);
  });
}

describe('optimizers', () => {
  let first = 0;
  let second = 0;
  const reset = (value = 0) => {
    first = 0;
    second = value;
  };

  it('sgd goes against the gradient, and weight decay pulls to zero', () => {
    const plain = { kind: 'sgd', rate: 0.1, momentum: 0, nesterov: false, decay: 0 } as const;
    expectClose(follow(plain), [1 - 0.04, -2 - 0.03, 0.5 - 0]);
    expectClose(
      follow({ ...plain, decay: 0.01 }),
      byHand((w, g) => w - 0.1 * (g + 0.01 * w), reset),
    );
  });

  it('sgd with momentum, and `momentum`, keep a part of the last step', () => {
    const expected = byHand((w, g) => {
      first = 0.9 * first - 0.1 * g;
      return w + first;
    }, reset);
    expectClose(follow({ kind: 'sgd', rate: 0.1, momentum: 0.9, nesterov: false, decay: 0 }), expected);
    expectClose(follow({ kind: 'momentum', rate: 0.1, momentum: 0.9, decay: 0 }), expected);
  });

  it('nesterov looks ahead', () => {
    const expected = byHand((w, g) => {
      first = 0.9 * first - 0.1 * g;
      return w + 0.9 * first - 0.1 * g;
    }, reset);
    expectClose(follow({ kind: 'nesterov', rate: 0.1, momentum: 0.9, decay: 0 }), expected);
    expectClose(follow({ kind: 'sgd', rate: 0.1, momentum: 0.9, nesterov: true, decay: 0 }), expected);
  });

  const moments = { rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
  const adamStep = (g: number, t: number): number => {
    first = 0.9 * first + 0.1 * g;
    second = 0.999 * second + 0.001 * g * g;
    return ((0.1 * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t)) * (first / (Math.sqrt(second) + 1e-7));
  };

  it('adam divides by the root mean square, both means freed of their start', () => {
    expectClose(
      follow({ kind: 'adam', ...moments, decay: 0 }),
      byHand((w, g, t) => w - adamStep(g, t), reset),
    );
    expectClose(
      follow({ kind: 'adam', ...moments, decay: 0.05 }),
      byHand((w, g, t) => w - adamStep(g + 0.05 * w, t), reset),
    );
  });

  it('adam’s first step is the rate, whatever the gradient’s length', () => {
    const weights = Float32Array.of(0, 0);
    const { move } = followerOf({ kind: 'adam', ...moments, decay: 0 }, 2);
    move(weights, { gradient: [1e-3, -50], factor: 1, rate: 0.1, step: 1 });
    expect(weights[0]).toBeCloseTo(-0.1, 3);
    expect(weights[1]).toBeCloseTo(0.1, 6);
  });

  it('adamw lets weights decay apart from the gradient', () => {
    expectClose(
      follow({ kind: 'adamw', ...moments, decay: 0.05 }),
      byHand((w, g, t) => w - 0.1 * 0.05 * w - adamStep(g, t), reset),
    );
  });

  it('rmsprop divides by a running root mean square', () => {
    expectClose(
      follow({ kind: 'rmsprop', rate: 0.1, rho: 0.9, momentum: 0.5, epsilon: 1e-7, decay: 0 }),
      byHand((w, g) => {
        second = 0.9 * second + 0.1 * g * g;
        first = 0.5 * first + (0.1 * g) / Math.sqrt(second + 1e-7);
        return w - first;
      }, reset),
    );
  });

  it('adagrad divides by the root of all squares', () => {
    expectClose(
      follow({ kind: 'adagrad', rate: 0.1, initial: 0.1, epsilon: 1e-7, decay: 0 }),
      byHand(
        (w, g) => {
          second += g * g;
          return w - (0.1 * g) / Math.sqrt(second + 1e-7);
        },
        () => {
          reset(0.1);
        },
      ),
    );
  });

  it('follow the rate of each step, and the factor that shortens gradients', () => {
    const plain = { kind: 'sgd', rate: 1, momentum: 0, nesterov: false, decay: 0 } as const;
    expectClose(follow(plain, [1, 0, 0]), [0.9, -1.8, 0.2]);
    const weights = Float32Array.of(1);
    followerOf(plain, 1).move(weights, { gradient: [4], factor: 0.25, rate: 0.5, step: 1 });
    expect(weights[0]).toBe(0.5);
  });
});
