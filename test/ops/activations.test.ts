import { describe, expect, it } from 'vitest';
import { activationNames, ops } from '../../src/compiler/ops/registry.js';
import { openSize } from '../../src/compiler/values/formula.js';
import { layerOf, shapeOf } from './layer.js';
import { testLayers } from './layer-table.js';

const names = activationNames;
const h = openSize('h');

describe('activations', () => {
  it('are the fifteen of the language', () => {
    const expected =
      'relu relu6 leaky_relu prelu elu selu gelu silu mish hardswish hardsigmoid sigmoid tanh softplus softmax';
    expect(names.toSorted()).toEqual(expected.split(' ').toSorted());
  });

  it.each(names)('%s keeps the shape of images, of features, and open ones', (name) => {
    expect(shapeOf(name, {}, [4, 5, 6])).toEqual([4, 5, 6]);
    expect(shapeOf(name, {}, [10])).toEqual([10]);
    expect(shapeOf(name, {}, [h, 5, 6])).toEqual([h, 5, 6]);
  });

  it.each(names)('%s needs no argument', (name) => {
    expect(() => layerOf(name)).not.toThrow();
    expect(Object.values(ops[name].params).every((parameter) => !parameter.required)).toBe(true);
  });

  it('have the defaults that their documentation names', () => {
    expect(layerOf('leaky_relu').args).toEqual({ alpha: 0.01 });
    expect(layerOf('elu').args).toEqual({ alpha: 1 });
    expect(layerOf('gelu').args).toEqual({ approximate: false });
    expect(layerOf('prelu').args).toEqual({ init: 0.25 });
  });
});

testLayers('activations with figures of their own', [
  {
    claim: 'relu costs one operation a value',
    layer: 'relu',
    inputs: [[2, 3, 4]],
    shape: [2, 3, 4],
    elementwise: 24,
  },
  {
    claim: 'prelu learns one slope a channel',
    layer: 'prelu',
    inputs: [[28, 28, 64]],
    shape: [28, 28, 64],
    weights: { alpha: [64] },
    elementwise: 50176,
  },
  {
    claim: 'softmax costs three a value',
    layer: 'softmax',
    inputs: [[1000]],
    shape: [1000],
    elementwise: 3000,
  },
]);
