import { describe, expect, it } from 'vitest';
import {
  trainingDemand,
  trainingMemory,
  type StepOptions,
  type TrainingOptions,
} from '../../src/compiler/analyse/training-memory.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { toDigits, toNumber } from '../../src/compiler/values/exact.js';
import { graphOf, graphOfBody } from '../compiler/net.js';

const usual: TrainingOptions = { batch: 1, slots: 0 };

/** The tensors at the peak by what made them and what they are there for: `conv1 activations 256`. */
function presentIn(graph: Graph, options = usual): readonly string[] {
  const { peak } = trainingMemory(graph, options);
  return (peak?.alive ?? []).map(
    ({ node, purpose, bytes }) => `${node?.path ?? 'the step'} ${purpose} ${toDigits(bytes)}`,
  );
}

describe('the memory of a training', () => {
  it('is what a step holds at its peak, each part of it by what it is for', () => {
    const graph = graphOfBody('conv 4 1x1\nrelu\nconv 4 1x1\ngap', '16x16x2');
    const { total, peak } = trainingMemory(graph, { batch: 8, slots: 2 });
    const [trained, tensor] = [2 * 4 + 4 + 4 * 4 + 4, 8 * 16 * 16 * 4 * 4];
    expect(peak?.at?.path).toBe('relu1');
    expect(peak).toMatchObject({
      weights: 4 * trained,
      optimizer: 2 * 4 * trained,
      // The kernel and bias of the second convolution; those of the first come later.
      gradients: 4 * (4 * 4 + 4),
      // The images, and the class of each.
      batch: tensor / 2 + 8 * 4,
      // What relu gave, from which its own gradient follows.
      activations: tensor,
      // The gradient that arrives at relu, its slope, and their product.
      momentary: 3 * tensor,
    });
    expect(total).toBe(3 * 4 * trained + 4 * 20 + 4.5 * tensor + 8 * 4);
  });

  it('keeps a tensor once, however many gradients read it', () => {
    const graph = graphOfBody('conv 3 1x1 relu\nconcat {\n| conv 1 1x1\n| conv 1 1x1\n}\ngap', '8x8x2');
    expect(presentIn(graph).filter((each) => each.includes('activations'))).toEqual([
      'conv1.relu activations 768',
    ]);
  });

  it('keeps nothing before the first weight that is trained', () => {
    const graph = graphOfBody('relu\nsigmoid\npool max 2x2\ngap');
    expect(presentIn(graph).filter((each) => each.includes('activations'))).toEqual([]);
  });

  it('of half the bytes a value is half as large, but for the classes', () => {
    const graph = graphOfBody('conv 3 1x1 relu\ngap\ndense 2', '4x4x2');
    const [whole, half] = (['float32', 'float16'] as const).map((dtype) =>
      toNumber(trainingMemory(graph, { ...usual, dtype }).total),
    );
    expect(half).toBe(((whole ?? 0) - 4) / 2 + 4);
  });

  it('with recomputation keeps what crosses the borders of blocks, and the most that one block takes', () => {
    const graph = graphOf(
      'block unit<filters> { conv filters 1x1 relu -> conv filters 1x1 relu -> conv filters 1x1 }\n' +
        'model M { input 16x16x2; unit<2>; unit<2>; unit<2>; unit<2>; unit<2>; gap }',
    );
    const tensor = 4 * 256 * 2;
    const options = { ...usual, recompute: true };
    // In the last block its own two results of relu; of the four before it only what each gave.
    expect(trainingMemory(graph, options).peak?.activations).toBe(tensor * (4 + 2));
    // Without, what each gave but the last, and two inside of each.
    expect(trainingMemory(graph, usual).peak?.activations).toBe(tensor * (4 + 2 * 5));
  });

  it('with recomputation is what it is without where there are no blocks', () => {
    const graph = graphOfBody('conv 3 3x3 relu\nbn\nconv 3 3x3\ngap');
    expect(trainingMemory(graph, { ...usual, recompute: true }).total).toBe(
      trainingMemory(graph, usual).total,
    );
  });

  it('is a formula where sizes are open, and says nothing of a moment that they decide', () => {
    const graph = graphOfBody('conv 4 1x1 relu\ngap\ndense 100\ndense 100', '?x?x2');
    const { total, peak } = trainingMemory(graph, usual);
    expect(peak).toBeUndefined();
    expect(toDigits(total)).toMatch(/^max\(.*h\*w/);
  });
});

describe('the largest batch', () => {
  const graph = graphOfBody('conv 4 3x3 same relu\nbn\npool max 2x2\ndense 3', '8x8x3');
  const options: StepOptions = { slots: 2 };
  const { largestBatch, bytesFor } = trainingDemand(graph, options);

  it('is the inverse of the memory, to the byte', () => {
    for (const batch of [1, 2, 7, 1000]) {
      const bytes = toNumber(trainingMemory(graph, { ...options, batch }).total);
      expect(bytesFor(batch)).toBe(bytes);
      expect(largestBatch(bytes)).toBe(batch);
      expect(largestBatch(bytes - 1)).toBe(batch - 1);
    }
  });

  it('is none where not even one image fits', () => {
    expect(largestBatch(100)).toBe(0);
  });
});
