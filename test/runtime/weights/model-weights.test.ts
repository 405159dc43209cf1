import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../../src/runtime/weights/initial-weights.js';
import { matchWeights } from '../../../src/runtime/weights/match-weights.js';
import { modelOf } from '../models.js';

const small = modelOf('model Small {\n  input 8x8x1\n  conv 2 3x3\n  bn\n  flatten\n  dense 3 softmax\n}\n');

describe('initialWeights', () => {
  it('gives every array of the model its name and shape', () => {
    const weights = initialWeights(small.graph, 1);
    expect([...weights].map(([name, { shape }]) => [name, shape])).toEqual([
      ['conv1.kernel', [3, 3, 1, 2]],
      ['conv1.bias', [2]],
      ['bn1.gamma', [2]],
      ['bn1.beta', [2]],
      ['bn1.moving_mean', [2]],
      ['bn1.moving_variance', [2]],
      ['dense1.kernel', [72, 3]],
      ['dense1.bias', [3]],
    ]);
  });

  it('gives the same for the same seed and something else for another', () => {
    expect(initialWeights(small.graph, 1)).toEqual(initialWeights(small.graph, 1));
    expect(initialWeights(small.graph, 1).get('conv1.kernel')).not.toEqual(
      initialWeights(small.graph, 2).get('conv1.kernel'),
    );
  });

  it('leaves an array as it is where another layer is added', () => {
    const larger = modelOf(
      'model Small {\n  input 8x8x1\n  conv 2 3x3\n  bn\n  dropout 10%\n  flatten\n  dense 4 relu\n  dense 3 softmax\n}\n',
    );
    expect(initialWeights(larger.graph, 1).get('conv1.kernel')).toEqual(
      initialWeights(small.graph, 1).get('conv1.kernel'),
    );
  });
});

describe('matchWeights', () => {
  it('takes weights that fit, in the model’s order', () => {
    const weights = initialWeights(small.graph, 1);
    const matched = matchWeights(small.graph, new Map([...weights].reverse()));
    expect(matched.ok && [...matched.value.keys()]).toEqual([...weights.keys()]);
  });

  it('lists every missing, misshapen and surplus array at once', () => {
    const weights = new Map(initialWeights(small.graph, 1));
    weights.delete('conv1.bias');
    weights.set('dense1.kernel', { shape: [3, 72], values: new Float32Array(216) });
    weights.set('dense1.bias', { shape: [], values: new Float32Array(1) });
    weights.set('__proto__', { shape: [1], values: new Float32Array(1) });
    const matched = matchWeights(small.graph, weights);
    expect(matched.ok ? [] : matched.problems).toEqual([
      { code: 'weights-missing', message: '`conv1.bias` of 2 is missing' },
      { code: 'weights-misshapen', message: '`dense1.kernel` is 3×72, but the model has 72×3' },
      { code: 'weights-misshapen', message: '`dense1.bias` is a single number, but the model has 3' },
      { code: 'weights-surplus', message: '`__proto__` of 1 belongs to no layer of `Small`' },
    ]);
  });
});
