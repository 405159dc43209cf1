import { describe, expect, it } from 'vitest';
import { openSize } from '../../src/compiler/values/formula.js';
import { ceilDivide, exact, multiply, product, subtract } from '../../src/compiler/values/exact.js';
import { layerOf, list, size, word } from './layer.js';
import { testLayers } from './layer-table.js';

const [h, w] = [openSize('h'), openSize('w')];
const same = word('same');

testLayers('conv', [
  {
    claim:
      'has the parameters and multiplications of the first figure that was asked for: 5x5, 200 maps, 150x100x3',
    layer: 'conv',
    given: { filters: 200, kernel: size(5, 5), pad: same },
    inputs: [[150, 100, 3]],
    shape: [150, 100, 200],
    weights: { kernel: [5, 5, 3, 200], bias: [200] },
    macs: 225000000,
    elementwise: 3000000,
  },
  {
    claim: 'is valid where nothing is written, and takes a single number for a square kernel',
    layer: 'conv',
    given: { filters: 6, kernel: 5 },
    inputs: [[32, 32, 1]],
    shape: [28, 28, 6],
    weights: { kernel: [5, 5, 1, 6], bias: [6] },
    macs: 117600,
    elementwise: 4704,
  },
  {
    claim: 'rounds up with `same`',
    layer: 'conv',
    given: { filters: 64, kernel: size(7, 7), stride: 2, pad: same, bias: false },
    inputs: [[225, 224, 3]],
    shape: [113, 112, 64],
    weights: { kernel: [7, 7, 3, 64] },
    macs: 119_067_648,
  },
  {
    claim: 'sees only a group of the channels with `groups` (AlexNet, second layer)',
    layer: 'conv',
    given: { filters: 256, kernel: size(5, 5), pad: 2, groups: 2 },
    inputs: [[27, 27, 96]],
    shape: [27, 27, 256],
    weights: { kernel: [5, 5, 48, 256], bias: [256] },
    macs: 223948800,
    elementwise: 186624,
  },
  {
    claim: 'spans more cells with dilation, without more weights',
    layer: 'conv',
    given: { filters: 8, kernel: size(3, 3), dilation: list(2, 3) },
    inputs: [[10, 10, 4]],
    shape: [6, 4, 8],
    weights: { kernel: [3, 3, 4, 8], bias: [8] },
    macs: 6912,
    elementwise: 192,
  },
  {
    claim: 'pads rows and columns by their own cells',
    layer: 'conv',
    given: { filters: 64, kernel: list(1, 7), pad: list(0, 3) },
    inputs: [[17, 17, 64]],
    shape: [17, 17, 64],
    weights: { kernel: [1, 7, 64, 64], bias: [64] },
    macs: 8286208,
    elementwise: 18496,
  },
  {
    claim: 'pads each side by its own cells, top, bottom, left, right',
    layer: 'conv',
    given: { filters: 1, kernel: 3, stride: 2, pad: list(0, 1, 1, 2) },
    inputs: [[8, 8, 1]],
    shape: [4, 5, 1],
    weights: { kernel: [3, 3, 1, 1], bias: [1] },
    macs: 180,
    elementwise: 20,
  },
  {
    claim: 'carries open sizes',
    layer: 'conv',
    given: { filters: 64, kernel: size(7, 7), stride: 2, pad: same },
    inputs: [[h, w, 3]],
    shape: [ceilDivide(h, 2), ceilDivide(w, 2), 64],
    weights: { kernel: [7, 7, 3, 64], bias: [64] },
    macs: product([9408, ceilDivide(h, 2), ceilDivide(w, 2)]),
    elementwise: product([64, ceilDivide(h, 2), ceilDivide(w, 2)]),
  },
  {
    claim: 'counts beyond 2^53 to the last digit',
    layer: 'conv',
    given: { filters: 99_999, kernel: size(11, 11), pad: same, bias: false },
    inputs: [[99_991, 99_989, 99_991]],
    shape: [99991, 99989, 99999],
    weights: { kernel: [11, 11, 99991, 99999] },
    macs: exact(99_991n * 99_989n * 99_999n * 121n * 99_991n),
  },
]);

testLayers('dwconv', [
  {
    claim: 'has kernels for each channel alone',
    layer: 'dwconv',
    given: { kernel: size(3, 3), pad: same, bias: false },
    inputs: [[112, 112, 32]],
    shape: [112, 112, 32],
    weights: { kernel: [3, 3, 32, 1] },
    macs: 3612672,
  },
  {
    claim: 'gives `multiplier` results a channel',
    layer: 'dwconv',
    given: { kernel: size(3, 3), multiplier: 2, stride: 2 },
    inputs: [[9, 11, 5]],
    shape: [4, 5, 10],
    weights: { kernel: [3, 3, 5, 2], bias: [10] },
    macs: 1800,
    elementwise: 200,
  },
  {
    claim: 'carries open sizes',
    layer: 'dwconv',
    given: { kernel: size(3, 3) },
    inputs: [[h, w, 5]],
    shape: [subtract(h, 2), subtract(w, 2), 5],
    weights: { kernel: [3, 3, 5, 1], bias: [5] },
    macs: product([45, subtract(h, 2), subtract(w, 2)]),
    elementwise: product([5, subtract(h, 2), subtract(w, 2)]),
  },
]);

testLayers('deconv', [
  {
    claim: 'multiplies the size by the stride with `same`',
    layer: 'deconv',
    given: { filters: 16, kernel: size(3, 3), stride: 2, pad: same },
    inputs: [[7, 5, 32]],
    shape: [14, 10, 16],
    weights: { kernel: [3, 3, 16, 32], bias: [16] },
    macs: 161280,
    elementwise: 2240,
  },
  {
    claim: 'gives all that its kernels reach with `valid`',
    layer: 'deconv',
    given: { filters: 1, kernel: size(3, 3), stride: 2, bias: false },
    inputs: [[7, 7, 1]],
    shape: [15, 15, 1],
    weights: { kernel: [3, 3, 1, 1] },
    macs: 441,
  },
  {
    claim: 'gives a whole stride a cell where the kernel is smaller, as TensorFlow does',
    layer: 'deconv',
    given: { filters: 1, kernel: size(2, 2), stride: 3, bias: false },
    inputs: [[7, 7, 1]],
    shape: [21, 21, 1],
    weights: { kernel: [2, 2, 1, 1] },
    macs: 196,
  },
  {
    claim: 'follows PyTorch with counted cells: (7 - 1) * 2 + 3 - 2 + 1',
    layer: 'deconv',
    given: { filters: 1, kernel: size(3, 3), stride: 2, pad: 1, output_pad: 1, bias: false },
    inputs: [[7, 7, 1]],
    shape: [14, 14, 1],
    weights: { kernel: [3, 3, 1, 1] },
    macs: 441,
  },
  {
    claim: 'carries open sizes',
    layer: 'deconv',
    given: { filters: 8, kernel: size(4, 4), stride: 2, pad: 1, bias: false },
    inputs: [[h, w, 4]],
    shape: [multiply(2, h), multiply(2, w), 8],
    weights: { kernel: [4, 4, 8, 4] },
    macs: product([512, h, w]),
  },
]);

testLayers('dense', [
  {
    claim: 'weighs all features for each unit',
    layer: 'dense',
    given: { units: 84 },
    inputs: [[120]],
    shape: [84],
    weights: { kernel: [120, 84], bias: [84] },
    macs: 10080,
    elementwise: 84,
  },
  {
    claim: 'works at every pixel of an image, of any size',
    layer: 'dense',
    given: { units: 384, bias: false },
    inputs: [[h, 56, 96]],
    shape: [h, 56, 384],
    weights: { kernel: [96, 384] },
    macs: multiply(2_064_384, h),
  },
]);

describe('weights', () => {
  it('start as written, and are held small as written', () => {
    const { op, args } = layerOf('conv', {
      filters: 4,
      kernel: 3,
      init: word('he_normal'),
      bias_init: exact(1n, 10n),
      l2: exact(1n, 2000n),
    });
    expect(op.weights(args, [[8, 8, 3]])).toEqual([
      { name: 'kernel', shape: [3, 3, 3, 4], initializer: 'he_normal', trainable: true, l2: 0.0005 },
      { name: 'bias', shape: [4], initializer: { kind: 'constant', value: 0.1 }, trainable: true },
    ]);
  });

  it('start as in Keras where nothing is written', () => {
    const { op, args } = layerOf('dense', { units: 2 });
    expect(op.weights(args, [[3]])).toEqual([
      { name: 'kernel', shape: [3, 2], initializer: 'glorot_uniform', trainable: true },
      { name: 'bias', shape: [2], initializer: 'zeros', trainable: true },
    ]);
  });

  it('start from a normal distribution given as mean and deviation', () => {
    const { op, args } = layerOf('dense', { units: 2, init: list(0, exact(1n, 100n)), bias: false });
    const [kernel] = op.weights(args, [[3]]);
    expect(kernel?.initializer).toEqual({ kind: 'normal', mean: 0, deviation: 0.01 });
  });
});
