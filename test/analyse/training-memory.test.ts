import { describe, expect, it } from 'vitest';
import { trainingMemory, type TrainingOptions } from '../../src/compiler/analyse/training-memory.js';
import { toDigits } from '../../src/compiler/values/exact.js';
import { graphOf, graphOfBody } from '../compiler/net.js';

const usual: TrainingOptions = { batch: 1, slots: 0 };

/** The bytes that are kept of one image by the nodes that made them: `conv1 256`. */
function keptBy(body: string, input = '4x4x2'): readonly string[] {
  const { kept } = trainingMemory(graphOfBody(body, input), usual);
  return kept.map(({ node, bytes }) => `${node.path} ${toDigits(bytes)}`).sort();
}

describe('the memory of a training', () => {
  it('is weights, a gradient and slots for each that is trained, and what a batch keeps', () => {
    const graph = graphOfBody('conv 3 1x1\nbn\ngap\ndense 2', '4x4x2');
    const memory = trainingMemory(graph, { batch: 8, slots: 2 });
    // The kernel and bias of conv, gamma, beta and the two statistics, the kernel and bias of dense.
    const [trained, moving] = [6 + 3 + 3 + 3 + 6 + 2, 3 + 3];
    expect(memory.weights).toBe(4 * (trained + moving));
    expect(memory.gradients).toBe(4 * trained);
    expect(memory.optimizer).toBe(2 * 4 * trained);
    // conv reads its input, bn its standardised values, dense its features.
    expect(memory.activations).toBe(8 * 4 * (32 + 48 + 3));
    expect(memory.total).toBe(4 * (trained + moving) + 3 * 4 * trained + 8 * 4 * (32 + 48 + 3));
  });

  it('keeps a tensor once, however many gradients read it', () => {
    expect(keptBy('conv 3 1x1 relu\nconcat {\n| conv 1 1x1\n| conv 1 1x1\n}')).toEqual([
      'conv1.relu 192',
      'input 128',
    ]);
  });

  it('keeps nothing before the first weight that is trained', () => {
    expect(keptBy('relu\nsigmoid\npool max 2x2\ngap')).toEqual([]);
    expect(keptBy('relu\nconv 3 1x1\ngap')).toEqual(['relu1 128']);
  });

  it('keeps input and output of a maximum, the mask of dropout, nothing of an average', () => {
    expect(keptBy('conv 2 1x1\npool max 2x2')).toEqual(['conv1 128', 'input 128', 'pool1 32']);
    expect(keptBy('conv 2 1x1\ndropout 50%')).toEqual(['dropout1 128', 'input 128']);
    expect(keptBy('conv 2 1x1\npool avg 2x2\nadd {\n| identity\n| identity\n}')).toEqual(['input 128']);
  });

  it('of half the bytes a value is half as large', () => {
    const graph = graphOfBody('conv 3 1x1 relu\ngap\ndense 2', '4x4x2');
    const [whole, half] = (['float32', 'float16'] as const).map((dtype) =>
      Number(trainingMemory(graph, { ...usual, dtype }).total),
    );
    expect(half).toBe((whole ?? 0) / 2);
  });

  it('with recomputation keeps what crosses the borders of blocks, and the most that one block keeps', () => {
    const graph = graphOf(
      'block unit<filters> { conv filters 1x1 relu -> conv filters 1x1 relu -> conv filters 1x1 }\n' +
        'model M { input 4x4x2; unit<2>; unit<4>; unit<2> }',
    );
    const { activations } = trainingMemory(graph, { ...usual, recompute: true });
    // The input and three results cross; the middle block keeps two tensors of 4 channels.
    expect(activations).toBe(4 * 16 * (2 + 2 + 4 + 2 + 2 * 4));
    // Without, the input, and of every block two tensors inside and, but for the last, its result.
    expect(trainingMemory(graph, usual).activations).toBe(4 * 16 * (2 + 2 * 2 + 2 + 2 * 4 + 4 + 2 * 2));
  });
});
