import { describe, expect, it } from 'vitest';
import { list, word } from '../ops/layer.js';
import { counting, features, perChannel, picture, pixel, rowsOf, valuesOf } from './hand.js';
import { tensor } from './tensor.js';

const ones = (...shape: readonly number[]) =>
  tensor(shape, Array<number>(shape.reduce((product, each) => product * each, 1)).fill(1));

describe('conv', () => {
  it('gives the numbers of Dumoulin & Visin 2016, figure 1.1', () => {
    const x = picture([
      [3, 3, 2, 1, 0],
      [0, 0, 1, 3, 1],
      [3, 1, 2, 2, 3],
      [2, 0, 0, 2, 2],
      [2, 0, 0, 0, 1],
    ]);
    const kernel = tensor([3, 3, 1, 1], [0, 1, 2, 2, 2, 0, 0, 1, 2]);
    expect(rowsOf('conv', { filters: 1, kernel: 3, bias: false }, x, { kernel })).toEqual([
      [12, 12, 17],
      [10, 17, 19],
      [9, 6, 14],
    ]);
  });

  it('adds the bias of the filter and sums over the channels', () => {
    const kernel = tensor([1, 1, 2, 2], [1, 10, 2, 20]);
    const y = valuesOf('conv', { filters: 2, kernel: 1 }, [pixel(3, 4)], {
      kernel,
      bias: perChannel(100, 200),
    });
    expect(y).toEqual([100 + 3 * 1 + 4 * 2, 200 + 3 * 10 + 4 * 20]);
  });

  it('gives each group its own channels only', () => {
    const kernel = tensor([1, 1, 2, 2], [1, 10, 2, 20]);
    const y = valuesOf('conv', { filters: 2, kernel: 1, groups: 2, bias: false }, [pixel(3, 4, 5, 6)], {
      kernel,
    });
    expect(y).toEqual([3 * 1 + 4 * 2, 5 * 10 + 6 * 20]);
  });

  it('spreads the kernel under dilation', () => {
    const kernel = tensor([1, 2, 1, 1], [1, 100]);
    const given = { filters: 1, kernel: list(1, 2), dilation: 3, bias: false };
    expect(rowsOf('conv', given, picture([[1, 2, 3, 4, 5]]), { kernel })).toEqual([[401, 502]]);
  });

  it('puts the odd cell of `same` to the bottom and right', () => {
    const given = { filters: 1, kernel: 2, pad: word('same'), bias: false };
    expect(rowsOf('conv', given, counting(1, 1, 2, 2, 1), { kernel: ones(2, 2, 1, 1) })).toEqual([
      [10, 6],
      [7, 4],
    ]);
    const strided = { filters: 1, kernel: 3, stride: 2, pad: word('same'), bias: false };
    expect(rowsOf('conv', strided, counting(1, 1, 4, 4, 1), { kernel: ones(3, 3, 1, 1) })).toEqual([
      [1 + 2 + 3 + 5 + 6 + 7 + 9 + 10 + 11, 3 + 4 + 7 + 8 + 11 + 12],
      [9 + 10 + 11 + 13 + 14 + 15, 11 + 12 + 15 + 16],
    ]);
  });

  it('pads every side as counted', () => {
    const kernel = tensor([1, 2, 1, 1], [1, 100]);
    const given = { filters: 1, kernel: list(1, 2), pad: list(0, 1, 2, 0), bias: false };
    expect(rowsOf('conv', given, picture([[7, 8]]), { kernel })).toEqual([
      [0, 700, 807],
      [0, 0, 0],
    ]);
  });
});

describe('dwconv', () => {
  it('gives each channel its own kernels, the results of one channel side by side', () => {
    const kernel = tensor([1, 1, 2, 2], [1, 2, 30, 40]);
    const given = { kernel: 1, multiplier: 2 };
    const y = valuesOf('dwconv', given, [pixel(5, 6)], { kernel, bias: perChannel(0, 1, 2, 3) });
    expect(y).toEqual([5, 11, 182, 243]);
  });

  it('slides as a convolution does', () => {
    const given = { kernel: 2, stride: 2, dilation: 2, bias: false };
    expect(rowsOf('dwconv', given, counting(1, 1, 5, 5, 1), { kernel: ones(2, 2, 1, 1) })).toEqual([
      [1 + 3 + 11 + 13, 3 + 5 + 13 + 15],
      [11 + 13 + 21 + 23, 13 + 15 + 23 + 25],
    ]);
  });
});

describe('deconv', () => {
  it('gives the numbers of the ONNX test convtranspose', () => {
    const given = { filters: 1, kernel: 3, bias: false };
    expect(rowsOf('deconv', given, counting(0, 1, 3, 3, 1), { kernel: ones(3, 3, 1, 1) })).toEqual([
      [0, 1, 3, 3, 2],
      [3, 8, 15, 12, 7],
      [9, 21, 36, 27, 15],
      [9, 20, 33, 24, 13],
      [6, 13, 21, 15, 8],
    ]);
  });

  it('cuts `same` to stride times size, and counted cells where they are counted', () => {
    const kernel = tensor([1, 3, 1, 1], [1, 10, 100]);
    const row = picture([[1, 2]]);
    // Laid at steps of 2: 1 10 100+2 20 200.
    const given = { filters: 1, kernel: list(1, 3), stride: list(1, 2), bias: false };
    expect(rowsOf('deconv', given, row, { kernel })).toEqual([[1, 10, 102, 20, 200]]);
    expect(rowsOf('deconv', { ...given, pad: word('same') }, row, { kernel })).toEqual([[1, 10, 102, 20]]);
    expect(rowsOf('deconv', { ...given, pad: list(0, 1) }, row, { kernel })).toEqual([[10, 102, 20]]);
    const more = { ...given, pad: list(0, 1), output_pad: list(0, 1) };
    expect(rowsOf('deconv', more, row, { kernel })).toEqual([[10, 102, 20, 200]]);
  });

  it('sums over the input channels and adds the bias', () => {
    const kernel = tensor([1, 1, 2, 2], [1, 2, 30, 40]);
    const y = valuesOf('deconv', { filters: 2, kernel: 1 }, [pixel(5, 6)], {
      kernel,
      bias: perChannel(1000, 2000),
    });
    expect(y).toEqual([1000 + 5 * 1 + 6 * 2, 2000 + 5 * 30 + 6 * 40]);
  });
});

describe('dense', () => {
  it('weighs all features and adds the bias', () => {
    const weights = { kernel: tensor([2, 3], [1, 2, 3, 10, 20, 30]), bias: perChannel(0, 0, 5) };
    expect(valuesOf('dense', { units: 3 }, [features(1, 2)], weights)).toEqual([21, 42, 68]);
  });

  it('does so at every pixel of an image', () => {
    const kernel = tensor([2, 1], [1, 10]);
    const image = tensor([1, 1, 2, 2], [1, 2, 3, 4]);
    expect(valuesOf('dense', { units: 1, bias: false }, [image], { kernel })).toEqual([21, 43]);
  });
});
