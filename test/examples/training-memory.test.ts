import { beforeAll, describe, expect, it } from 'vitest';
import { trainingMemory } from '../../src/compiler/analyse/training-memory.js';
import { compile } from '../../src/compiler/compile.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { openHollow } from '../runtime/hollow-kernels.js';
import { heldByStep } from '../runtime/training/step-memory.js';
import { examples } from './files.js';

/** The sides of images that are smaller than what the examples take, but give each layer something. */
const sides = [
  ['alexnet', 99],
  ['super_resolution', 9],
  ['age_gender', 112],
  ['convolution', 15],
  ['vgg', 32],
  ...['googlenet', 'resnet', 'inception', 'xception'].map((part) => [part, 96] as const),
] as const;

const models = examples.flatMap(({ path, text }) => {
  const [, side] = sides.find(([part]) => path.includes(part)) ?? [];
  const input = side === undefined ? {} : { input: `${String(side)}x${String(side)}x3` };
  return compile(makeSource(path, text), input).models.flatMap(({ name, graph }) =>
    graph === undefined ? [] : [{ name, graph }],
  );
});

describe('what a step of a training of an example holds at its peak', () => {
  beforeAll(openHollow);

  it.each(models.map((model, place) => ({ ...model, batch: 1 + (place % 8) })))(
    'is predicted but for single numbers for $name with a batch of $batch',
    ({ graph, batch }) => {
      const predicted = toNumber(trainingMemory(graph, { batch, slots: 0 }).total);
      const held = heldByStep(graph, batch);
      expect(held - predicted).toBeGreaterThanOrEqual(0);
      expect(held - predicted).toBeLessThanOrEqual(32);
    },
    30_000,
  );
});
