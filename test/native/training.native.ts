import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine, train, type TrainingOptions, type TrainingState } from '../../src/runtime/index.js';
import type { Weights } from '../../src/runtime/weights/weights.js';
import { open } from '../runtime/engines.js';
import { toyTraining } from '../runtime/training/toy.js';

const layers =
  'conv 2 3x3 pad=1 relu\n  pool max 2x2 pad=1\n  bn\n  dropout 20%\n  flatten\n  dense 2 softmax';
const optimizers = ['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'rmsprop', 'adagrad'];

it('is what `auto` takes where it is installed', async () => {
  const engine = await openEngine('auto');
  expect(engine.ok && engine.value.name).toBe('node');
});

describe('a training on TensorFlow’s native library', () => {
  beforeAll(() => open('node'));

  it.each(optimizers)('goes on from a checkpoint to the same weights, to 1e-5: %s', async (optimizer) => {
    const options = toyTraining(layers, `optimizer ${optimizer}; batch 8; epochs 3; augment { shift 25% }`);
    const found: TrainingState[] = [];
    const keeper = { isDue: () => true, keep: (state: TrainingState) => void found.push(state) };
    const whole = await weightsOf({ ...options, keeper });
    const state = found[Math.floor(found.length / 2)];
    if (state === undefined) throw new Error('no state');
    // Its threads add in any order, so that two runs differ by rounding.
    expect(largestDifference(await weightsOf({ ...options, state }), whole)).toBeLessThan(1e-5);
  });

  it('ends where one on wasm ends, to 1e-4', async () => {
    const options = toyTraining(layers, 'optimizer adam; batch 8; epochs 3');
    const native = await weightsOf(options);
    await open('wasm');
    const wasm = await weightsOf(options);
    await open('node');
    // Rounding of every step goes through the moments of adam into the next one.
    expect(largestDifference(native, wasm)).toBeLessThan(1e-4);
  });
});

async function weightsOf(options: TrainingOptions): Promise<Weights> {
  const result = await train(options);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value.weights;
}

/** The largest difference of two values of the same weight. */
function largestDifference(ones: Weights, others: Weights): number {
  expect([...ones.keys()]).toEqual([...others.keys()]);
  let largest = 0;
  for (const [name, { values }] of ones) {
    const other = others.get(name)?.values;
    for (const [place, value] of values.entries()) {
      largest = Math.max(largest, Math.abs(value - (other?.[place] ?? Number.NaN)));
    }
  }
  return largest;
}
