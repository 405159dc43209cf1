import { describe, expect, it } from 'vitest';
import { checkState, type StateParts } from '../../../src/runtime/training/check-state.js';
import { followerOf } from '../../../src/runtime/training/optimizers/follower.js';
import { toyTraining } from './toy.js';

const { optimizer } = toyTraining('flatten\n  dense 2 softmax', 'optimizer adam').settings;

/** Ten weights, of which six are trained: twelve numbers that Adam remembers. */
const parts = (keepsBest: boolean): StateParts => ({
  model: 'Toy',
  store: {
    tensors: new Map([
      ['a', { size: 6 }],
      ['b', { size: 4 }],
    ]),
  },
  followers: new Map([['a', followerOf(optimizer, 6)]]),
  keepsBest,
});

describe('a state that a checkpoint holds', () => {
  it.each([
    [false, 4 * (10 + 12)],
    [true, 4 * (10 + 12 + 10)],
  ])('is the weights and what the optimizer remembers, and the best weights: %s', (keepsBest, bytes) => {
    expect(checkState(parts(keepsBest), bytes)).toBeUndefined();
    expect(checkState(parts(keepsBest), bytes - 1)).toMatchObject({
      problems: [
        {
          code: 'checkpoint-too-large',
          message: `a checkpoint of \`Toy\` would take ${String(bytes)} bytes: limit ${String(bytes - 1)}`,
        },
      ],
    });
  });
});
