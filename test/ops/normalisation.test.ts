import { describe, expect, it } from 'vitest';
import { openSize } from '../../src/compiler/values/formula.js';
import { exact, multiply, product } from '../../src/compiler/values/exact.js';
import { layerOf, list } from './layer.js';
import { testLayers } from './layer-table.js';

const [h, w] = [openSize('h'), openSize('w')];

testLayers('normalising layers', [
  {
    claim: 'bn learns a factor and an offset a channel, and keeps two statistics',
    layer: 'bn',
    inputs: [[56, 56, 64]],
    shape: [56, 56, 64],
    weights: { gamma: [64], beta: [64], moving_mean: [64], moving_variance: [64] },
    elementwise: 401408,
  },
  {
    claim: 'bn without scale and center keeps the statistics only (Inception-v4 as Keras has it)',
    layer: 'bn',
    given: { scale: false, center: false },
    inputs: [[h, w, 32]],
    shape: [h, w, 32],
    weights: { moving_mean: [32], moving_variance: [32] },
    elementwise: product([64, h, w]),
  },
  {
    claim: 'layernorm learns a factor and an offset a channel',
    layer: 'layernorm',
    inputs: [[2, 3, 4]],
    shape: [2, 3, 4],
    weights: { gamma: [4], beta: [4] },
    elementwise: 168,
  },
  {
    claim: 'groupnorm splits into 32 groups where nothing is written',
    layer: 'groupnorm',
    given: { center: false },
    inputs: [[2, 3, 64]],
    shape: [2, 3, 64],
    weights: { gamma: [64] },
    elementwise: 2304,
  },
  {
    claim: 'lrn has no weights, and works on open sizes',
    layer: 'lrn',
    inputs: [[h, 55, 96]],
    shape: [h, 55, 96],
    elementwise: multiply(47_520, h),
  },
  {
    claim: 'scale learns one factor a channel',
    layer: 'scale',
    given: { init: exact(1n, 1_000_000n) },
    inputs: [[7, 7, 768]],
    shape: [7, 7, 768],
    weights: { factor: [768] },
    elementwise: 37632,
  },
  {
    claim: 'normalize takes a constant for each channel, or one for all',
    layer: 'normalize',
    given: { mean: list(exact(485n, 1000n), exact(456n, 1000n), exact(406n, 1000n)), std: exact(1n, 4n) },
    inputs: [[h, w, 3]],
    shape: [h, w, 3],
    elementwise: product([6, h, w]),
  },
]);

describe('the conventions that numbers must pin', () => {
  it("lrn has the paper's constants, and does not divide alpha by the size", () => {
    expect(layerOf('lrn').args).toEqual({ size: 5, alpha: 1e-4, beta: 0.75, k: 2, average: false });
  });

  it("bn has Keras' epsilon and momentum", () => {
    expect(layerOf('bn').args).toEqual({ eps: 1e-3, momentum: 0.99, scale: true, center: true });
  });

  it('bn trains gamma and beta, not its statistics', () => {
    const { op, args } = layerOf('bn');
    const trained = op
      .weights(args, [[4]])
      .map(({ name, trainable, initializer }) => ({ name, trainable, initializer }));
    expect(trained).toEqual([
      { name: 'gamma', trainable: true, initializer: 'ones' },
      { name: 'beta', trainable: true, initializer: 'zeros' },
      { name: 'moving_mean', trainable: false, initializer: 'zeros' },
      { name: 'moving_variance', trainable: false, initializer: 'ones' },
    ]);
  });

  it('scale starts as written', () => {
    const { op, args } = layerOf('scale', { init: exact(1n, 1_000_000n) });
    expect(op.weights(args, [[8]])).toEqual([
      { name: 'factor', shape: [8], initializer: { kind: 'constant', value: 1e-6 }, trainable: true },
    ]);
  });
});
