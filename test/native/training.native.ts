import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine, train, type TrainingOptions } from '../../src/runtime/index.js';
import type { Weights } from '../../src/runtime/weights/weights.js';
import { open } from '../runtime/engines.js';
import { largestDifference } from '../runtime/training/same-weights.js';
import { toyTraining } from '../runtime/training/toy.js';

const layers =
  'conv 2 3x3 pad=1 relu\n  pool max 2x2 pad=1\n  bn\n  dropout 20%\n  flatten\n  dense 2 softmax';

it('is what `auto` takes where it is installed', async () => {
  const engine = await openEngine('auto');
  expect(engine.ok && engine.value.name).toBe('node');
});

describe('a training on TensorFlow’s native library', () => {
  beforeAll(() => open('node'));

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
