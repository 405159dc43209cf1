import { describe, expect, it } from 'vitest';
import { list, word } from '../ops/layer.js';
import { counting, picture, rowsOf, valuesOf } from './hand.js';
import { tensor } from './tensor.js';

const max = word('max');
const avg = word('avg');

describe('pool', () => {
  it('gives the numbers of Dumoulin & Visin 2016, figures 1.5 and 1.6', () => {
    const x = picture([
      [3, 3, 2, 1, 0],
      [0, 0, 1, 3, 1],
      [3, 1, 2, 2, 3],
      [2, 0, 0, 2, 2],
      [2, 0, 0, 0, 1],
    ]);
    const average = rowsOf('pool', { mode: avg, kernel: 3, stride: 1 }, x);
    expect(average.map((row) => row.map((value) => value.toFixed(1)))).toEqual([
      ['1.7', '1.7', '1.7'],
      ['1.0', '1.2', '1.8'],
      ['1.1', '0.8', '1.3'],
    ]);
    expect(rowsOf('pool', { mode: max, kernel: 3, stride: 1 }, x)).toEqual([
      [3, 3, 3],
      [3, 3, 3],
      [3, 2, 3],
    ]);
  });

  it('moves by its own size where no stride is written', () => {
    expect(rowsOf('pool', { mode: max, kernel: 2 }, counting(1, 1, 4, 5, 1))).toEqual([
      [7, 9],
      [17, 19],
    ]);
  });

  it('gives the numbers of the ONNX tests maxpool_2d_ceil and averagepool_2d_ceil', () => {
    const x = counting(1, 1, 4, 4, 1);
    expect(rowsOf('pool', { mode: max, kernel: 3, stride: 2, ceil: true }, x)).toEqual([
      [11, 12],
      [15, 16],
    ]);
    const given = { mode: avg, kernel: 3, stride: 2, ceil: true, count_padding: true };
    expect(rowsOf('pool', given, x)).toEqual([
      [6, 7.5],
      [12, 13.5],
    ]);
  });

  it('gives the numbers of the ONNX tests maxpool_2d_precomputed_same_upper and its average', () => {
    const x = counting(1, 1, 5, 5, 1);
    expect(rowsOf('pool', { mode: max, kernel: 3, stride: 2, pad: word('same') }, x)).toEqual([
      [7, 9, 10],
      [17, 19, 20],
      [22, 24, 25],
    ]);
    expect(rowsOf('pool', { mode: avg, kernel: 3, stride: 2, pad: word('same') }, x)).toEqual([
      [4, 5.5, 7],
      [11.5, 13, 14.5],
      [19, 20.5, 22],
    ]);
  });

  it('gives the numbers of the ONNX tests averagepool_2d_precomputed_pads, with and without the padding', () => {
    const x = counting(1, 1, 5, 5, 1);
    const given = { mode: avg, kernel: 5, stride: 1, pad: 2 };
    expect(rowsOf('pool', given, x).slice(0, 2)).toEqual([
      [7, 7.5, 8, 8.5, 9],
      [9.5, 10, 10.5, 11, 11.5],
    ]);
    const counted = rowsOf('pool', { ...given, count_padding: true }, x).slice(0, 2);
    expect(counted.map((row) => row.map((value) => Number(value.toFixed(4))))).toEqual([
      [2.52, 3.6, 4.8, 4.08, 3.24],
      [4.56, 6.4, 8.4, 7.04, 5.52],
    ]);
  });

  it('lets no cell of the padding win a maximum', () => {
    const x = picture([[-5, -6]]);
    expect(rowsOf('pool', { mode: max, kernel: list(1, 2), stride: 1, pad: list(0, 1) }, x)).toEqual([
      [-5, -5, -6],
    ]);
  });

  it('drops a last window that would begin in the padding', () => {
    const x = picture([[1, 2, 3]]);
    const given = { mode: max, kernel: list(1, 2), stride: list(1, 2), pad: list(0, 1), ceil: true };
    expect(rowsOf('pool', given, x)).toEqual([[1, 3]]);
  });
});

describe('gap and gmp', () => {
  it('take the average and the maximum of each channel', () => {
    const x = tensor([1, 1, 3, 2], [1, -1, 2, -2, 6, -3]);
    expect(valuesOf('gap', {}, [x])).toEqual([3, -2]);
    expect(valuesOf('gmp', {}, [x])).toEqual([6, -1]);
  });
});
