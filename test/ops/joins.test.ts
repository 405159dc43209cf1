import { describe, expect, it } from 'vitest';
import { joinNames, ops } from '../../src/compiler/ops/registry.js';
import { openSize } from '../../src/compiler/values/formula.js';
import { add, ceilDivide, product } from '../../src/compiler/values/exact.js';
import { shapeOf, word } from './layer.js';
import { testLayers } from './layer-table.js';

const [h, w] = [openSize('h'), openSize('w')];
const half = ceilDivide(h, 2);

testLayers('joins', [
  {
    claim: 'add sums two',
    layer: 'add',
    inputs: [
      [7, 7, 64],
      [7, 7, 64],
    ],
    shape: [7, 7, 64],
    elementwise: 3136,
  },
  { claim: 'add sums three', layer: 'add', inputs: [[10], [10], [10]], shape: [10], elementwise: 20 },
  {
    claim: 'average divides too',
    layer: 'average',
    inputs: [[10], [10], [10]],
    shape: [10],
    elementwise: 30,
  },
  { claim: 'max compares', layer: 'max', inputs: [[10], [10]], shape: [10], elementwise: 10 },
  {
    claim: 'mul reweighs an image by features',
    layer: 'mul',
    inputs: [[7, 7, 64], [64]],
    shape: [7, 7, 64],
    elementwise: 3136,
  },
  {
    claim: 'mul takes features first, too',
    layer: 'mul',
    inputs: [[64], [h, w, 64]],
    shape: [h, w, 64],
    elementwise: product([64, h, w]),
  },
  {
    claim: 'mul repeats sizes of 1',
    layer: 'mul',
    inputs: [
      [7, 7, 64],
      [7, 7, 1],
      [1, 1, 64],
    ],
    shape: [7, 7, 64],
    elementwise: 6272,
  },
  {
    claim: 'add takes open sizes that are one',
    layer: 'add',
    inputs: [
      [half, w, 4],
      [half, w, 4],
    ],
    shape: [half, w, 4],
    elementwise: product([4, half, w]),
  },
  {
    claim: 'concat sums the channels',
    layer: 'concat',
    inputs: [
      [28, 28, 64],
      [28, 28, 128],
      [28, 28, 32],
    ],
    shape: [28, 28, 224],
  },
  {
    claim: 'concat takes open sizes that are one',
    layer: 'concat',
    inputs: [
      [half, w, 4],
      [half, w, 8],
    ],
    shape: [half, w, 12],
  },
  {
    claim: 'concat lays rows under rows',
    layer: 'concat',
    given: { axis: word('height') },
    inputs: [
      [h, 8, 3],
      [2, 8, 3],
    ],
    shape: [add(h, 2), 8, 3],
  },
  {
    claim: 'concat counts dimensions from 0',
    layer: 'concat',
    given: { axis: 1 },
    inputs: [
      [2, 3],
      [2, 4],
    ],
    shape: [2, 7],
  },
  { claim: 'concat joins features', layer: 'concat', inputs: [[10], [20]], shape: [30] },
]);

describe('joins', () => {
  it('are the five of the language', () => {
    expect(joinNames).toEqual(['concat', 'add', 'mul', 'max', 'average']);
  });

  it.each(joinNames)('%s takes two tensors or more', (name) => {
    expect(ops[name].arity).toEqual({ min: 2 });
  });

  it('gives one shape in whatever order the branches stand', () => {
    const shapes = [[7, 7, 1], [64], [1, 7, 64]];
    expect(shapeOf('add', {}, ...shapes)).toEqual(shapeOf('add', {}, ...shapes.toReversed()));
  });
});
