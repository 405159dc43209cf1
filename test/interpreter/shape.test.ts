import { describe, expect, it } from 'vitest';
import { list, size, word } from '../ops/layer.js';
import { counting, features, perChannel, picture, pixel, rowsOf, valuesOf } from './hand.js';
import { compute } from './single.js';
import { tensor } from './tensor.js';

describe('layers that move values', () => {
  it('flatten goes row by row, pixel by pixel, channel by channel', () => {
    expect(valuesOf('flatten', {}, [counting(0, 1, 2, 2, 2)])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('reshape keeps the order, and finds the size that is left open', () => {
    const { output } = compute('reshape', { sizes: size(2, { kind: 'open' }) }, [counting(0, 1, 6)]);
    expect(output).toEqual(counting(0, 1, 2, 3));
  });

  it('permute moves the dimensions', () => {
    const { output } = compute('permute', { order: list(2, 0, 1) }, [counting(0, 1, 1, 2, 3)]);
    expect(output).toEqual(tensor([1, 3, 1, 2], [0, 3, 1, 4, 2, 5]));
  });

  it('pad adds cells at each side, and crop takes them away', () => {
    const x = picture([[1, 2]]);
    const padded = rowsOf('pad', { cells: list(1, 0, 0, 2), value: 9 }, x);
    expect(padded).toEqual([
      [9, 9, 9, 9],
      [1, 2, 9, 9],
    ]);
    expect(rowsOf('crop', { cells: list(1, 0, 0, 2) }, picture(padded))).toEqual([[1, 2]]);
  });

  it('upsample repeats cells', () => {
    expect(rowsOf('upsample', { factor: list(2, 3) }, picture([[1, 2]]))).toEqual([
      [1, 1, 1, 2, 2, 2],
      [1, 1, 1, 2, 2, 2],
    ]);
  });

  it('bilinear upsampling gives the numbers of the ONNX test resize_upsample_scales_linear', () => {
    const wanted = [
      [1, 1.25, 1.75, 2],
      [1.5, 1.75, 2.25, 2.5],
      [2.5, 2.75, 3.25, 3.5],
      [3, 3.25, 3.75, 4],
    ];
    const x = counting(1, 1, 2, 2, 1);
    expect(rowsOf('upsample', { factor: 2, mode: word('bilinear') }, x)).toEqual(wanted);
    expect(rowsOf('resize', { size: 4 }, x)).toEqual(wanted);
  });

  it('resize takes half-pixel centres, downwards too', () => {
    // Centres of 2 cells over 4: at 0.5 and 2.5.
    expect(rowsOf('resize', { size: list(1, 2) }, picture([[0, 1, 2, 3]]))).toEqual([[0.5, 2.5]]);
    // Centres of 2 cells over 5 lie in cells 1 and 3; of 3 over 2 in cells 0, 1 and 1.
    const nearest = word('nearest');
    expect(rowsOf('resize', { size: list(1, 2), mode: nearest }, picture([[0, 1, 2, 3, 4]]))).toEqual([
      [1, 3],
    ]);
    expect(rowsOf('resize', { size: list(1, 3), mode: nearest }, picture([[5, 6]]))).toEqual([[5, 6, 6]]);
  });

  it('slice keeps a range along any dimension', () => {
    const range = { kind: 'range', from: 1, to: 3 } as const;
    expect(valuesOf('slice', { axis: word('channels'), range }, [pixel(5, 6, 7, 8)])).toEqual([6, 7]);
    expect(valuesOf('slice', { axis: word('height'), range }, [counting(0, 1, 3, 2, 1)])).toEqual([
      2, 3, 4, 5,
    ]);
    expect(valuesOf('slice', { axis: word('width'), range }, [counting(0, 1, 2, 3, 1)])).toEqual([
      1, 2, 4, 5,
    ]);
    expect(valuesOf('slice', { axis: 0, range }, [features(5, 6, 7)])).toEqual([6, 7]);
  });

  it('shuffle interleaves the groups', () => {
    expect(valuesOf('shuffle', { groups: 2 }, [features(1, 2, 3, 4, 5, 6)])).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('depth_to_space gives the numbers of the ONNX test depthtospace_example', () => {
    // Channel k holds 9k, 9k + 1, … 9k + 5 in two rows of three.
    const x = tensor(
      [1, 2, 3, 8],
      Array.from({ length: 48 }, (_, place) => (place % 8) * 9 + Math.floor(place / 8)),
    );
    const wanted = [
      [0, 18, 1, 19, 2, 20],
      [36, 54, 37, 55, 38, 56],
      [3, 21, 4, 22, 5, 23],
      [39, 57, 40, 58, 41, 59],
    ];
    expect(rowsOf('depth_to_space', { block: 2 }, x)).toEqual(wanted);
    const { output } = compute('depth_to_space', { block: 2 }, [x]);
    expect(compute('space_to_depth', { block: 2 }, [output]).output).toEqual(x);
  });

  it('identity, and dropout at inference, give what arrives', () => {
    expect(valuesOf('identity', {}, [features(1, 2)])).toEqual([1, 2]);
    expect(valuesOf('dropout', { rate: 0.5 }, [features(1, 2)])).toEqual([1, 2]);
  });

  it('dropout scales in training what its mask keeps', () => {
    const options = { training: true, dropoutMask: () => tensor([1, 3], [1, 0, 1]) };
    expect(compute('dropout', { rate: 0.75 }, [features(1, 2, 3)], options).output).toEqual(
      features(4, 0, 12),
    );
  });
});

describe('joins', () => {
  it('concat lays tensors side by side along a dimension', () => {
    const [x, y] = [counting(0, 1, 1, 2, 2), counting(10, 1, 1, 2, 1)];
    expect(valuesOf('concat', {}, [x, y])).toEqual([0, 1, 10, 2, 3, 11]);
    expect(valuesOf('concat', { axis: word('height') }, [x, counting(10, 1, 1, 2, 2)])).toEqual([
      0, 1, 2, 3, 10, 11, 12, 13,
    ]);
    expect(valuesOf('concat', { axis: word('width') }, [x, counting(10, 1, 1, 1, 2)])).toEqual([
      0, 1, 2, 3, 10, 11,
    ]);
  });

  it('join value by value, of two or three', () => {
    const all = [features(1, 6), features(2, 5), features(3, -5)];
    expect(valuesOf('add', {}, all)).toEqual([6, 6]);
    expect(valuesOf('mul', {}, all)).toEqual([6, -150]);
    expect(valuesOf('max', {}, all)).toEqual([3, 6]);
    expect(valuesOf('average', {}, all)).toEqual([2, 2]);
  });

  it('repeat features at every pixel, and sizes of 1', () => {
    const x = counting(1, 1, 1, 2, 2);
    expect(valuesOf('mul', {}, [x, features(10, 100)])).toEqual([10, 200, 30, 400]);
    expect(valuesOf('add', {}, [tensor([1, 1, 2, 1], [10, 20]), x])).toEqual([11, 12, 23, 24]);
  });
});

describe('an interpretation', () => {
  it('names a weight that is missing or of another shape', () => {
    expect(() => valuesOf('scale', {}, [features(1)])).toThrow('nothing is known of scale1.factor');
    expect(() => valuesOf('scale', {}, [features(1)], { factor: perChannel(1, 2) })).toThrow(
      'scale1.factor is [2], declared as [1]',
    );
  });
});
