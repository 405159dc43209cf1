import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Shape, WindowSpec } from '../../src/compiler/ops/op.js';
import type { OpKind } from '../../src/compiler/ops/registry.js';
import { openSize } from '../../src/compiler/values/formula.js';
import { add, divide, exact, floor, negate, subtract } from '../../src/compiler/values/exact.js';
import type { Value } from '../../src/compiler/values/value.js';
import { layerOf, list, size, word, type Given } from './layer.js';

/** What the receptive field is told of a layer. */
interface Seen {
  readonly claim: string;
  readonly layer: OpKind;
  readonly given?: Given;
  readonly input: Shape;
  readonly window: WindowSpec | 'everything' | undefined;
}

const h = openSize('h');
const still = { kernel: [1, 1], stride: [1, 1], dilation: [1, 1] } as const;
const range = (from: number, to: number): Value => ({ kind: 'range', from, to });

const cases: readonly Seen[] = [
  {
    claim: 'a convolution sees its kernel, spread and moved',
    layer: 'conv',
    given: { filters: 1, kernel: 3, stride: 2, dilation: list(1, 2), pad: list(1, 2) },
    input: [9, 9, 1],
    window: { kernel: [3, 3], stride: [2, 2], dilation: [1, 2], padBefore: [1, 2] },
  },
  {
    claim: 'a depthwise convolution sees its kernel',
    layer: 'dwconv',
    given: { kernel: 5, pad: word('same') },
    input: [9, 9, 1],
    window: { ...still, kernel: [5, 5], padBefore: [2, 2] },
  },
  {
    claim: 'a pool sees its window',
    layer: 'pool',
    given: { mode: word('max'), kernel: size(2, 3) },
    input: [9, 9, 1],
    window: { ...still, kernel: [2, 3], stride: [2, 3], padBefore: [0, 0] },
  },
  {
    claim: 'a transposed convolution sees the cells whose kernels meet, and enlarges',
    layer: 'deconv',
    given: { filters: 1, kernel: 5, stride: 2, pad: list(0, 1, 1, 1) },
    input: [9, 9, 1],
    window: { ...still, kernel: [3, 3], padBefore: [2, exact(3n, 2n)], upsampling: [2, 2] },
  },
  {
    claim: 'a transposed convolution cuts nothing with `valid`',
    layer: 'deconv',
    given: { filters: 1, kernel: 2, stride: 2 },
    input: [9, 9, 1],
    window: { ...still, padBefore: [0, 0], upsampling: [2, 2] },
  },
  { claim: 'dense sees all features', layer: 'dense', given: { units: 2 }, input: [9], window: 'everything' },
  { claim: 'dense sees one pixel', layer: 'dense', given: { units: 2 }, input: [9, 9, 4], window: undefined },
  { claim: 'gap sees everything', layer: 'gap', input: [9, 9, 4], window: 'everything' },
  {
    claim: 'groupnorm sees everything',
    layer: 'groupnorm',
    given: { groups: 2 },
    input: [9, 9, 4],
    window: 'everything',
  },
  { claim: 'layernorm sees one pixel', layer: 'layernorm', input: [9, 9, 4], window: undefined },
  { claim: 'layernorm sees all features', layer: 'layernorm', input: [9], window: 'everything' },
  { claim: 'softmax sees one pixel', layer: 'softmax', input: [9, 9, 4], window: undefined },
  { claim: 'softmax sees all features', layer: 'softmax', input: [9], window: 'everything' },
  { claim: 'lrn sees one pixel', layer: 'lrn', input: [9, 9, 4], window: undefined },
  { claim: 'flatten moves no value', layer: 'flatten', input: [9, 9, 4], window: undefined },
  {
    claim: 'reshape leaves rows and columns where only channels change',
    layer: 'reshape',
    given: { sizes: size(9, 9, { kind: 'open' }) },
    input: [9, 9, 4],
    window: undefined,
  },
  {
    claim: 'reshape to features moves no value',
    layer: 'reshape',
    given: { sizes: 324 },
    input: [9, 9, 4],
    window: undefined,
  },
  {
    claim: 'reshape mixes rows and columns',
    layer: 'reshape',
    given: { sizes: size(3, 27, 4) },
    input: [9, 9, 4],
    window: 'everything',
  },
  {
    claim: 'reshape makes an image of features',
    layer: 'reshape',
    given: { sizes: size(9, 9, 4) },
    input: [324],
    window: 'everything',
  },
  {
    claim: 'permute leaves rows and columns where they are',
    layer: 'permute',
    given: { order: list(0, 1, 2) },
    input: [9, 9, 4],
    window: undefined,
  },
  {
    claim: 'permute turns rows and columns',
    layer: 'permute',
    given: { order: list(1, 0, 2) },
    input: [9, 9, 4],
    window: 'everything',
  },
  {
    claim: 'pad moves the image',
    layer: 'pad',
    given: { cells: list(1, 0, 2, 0) },
    input: [9, 9, 4],
    window: { ...still, padBefore: [1, 2] },
  },
  {
    claim: 'crop moves the image',
    layer: 'crop',
    given: { cells: list(1, 0, 2, 0) },
    input: [9, 9, 4],
    window: { ...still, padBefore: [-1, -2] },
  },
  {
    claim: 'slice moves rows',
    layer: 'slice',
    given: { axis: word('height'), range: range(3, 9) },
    input: [9, 9, 4],
    window: { ...still, padBefore: [-3, 0] },
  },
  {
    claim: 'slice moves columns',
    layer: 'slice',
    given: { axis: 1, range: range(3, 9) },
    input: [9, 9, 4],
    window: { ...still, padBefore: [0, -3] },
  },
  {
    claim: 'slice leaves channels in their pixels',
    layer: 'slice',
    given: { axis: word('channels'), range: range(1, 4) },
    input: [9, 9, 4],
    window: undefined,
  },
  {
    claim: 'depth_to_space enlarges',
    layer: 'depth_to_space',
    given: { block: 2 },
    input: [9, 9, 4],
    window: { ...still, padBefore: [0, 0], upsampling: [2, 2] },
  },
  {
    claim: 'space_to_depth sees a block',
    layer: 'space_to_depth',
    given: { block: 3 },
    input: [9, 9, 4],
    window: { ...still, kernel: [3, 3], stride: [3, 3], padBefore: [0, 0] },
  },
  {
    claim: 'resize from an open size might see anything',
    layer: 'resize',
    given: { size: size(4, 4) },
    input: [h, 9, 4],
    window: 'everything',
  },
  {
    claim: 'resize to an open size might see anything',
    layer: 'resize',
    given: { size: list(4, h) },
    input: [9, 9, 4],
    window: 'everything',
  },
  { claim: 'relu sees its own value', layer: 'relu', input: [9, 9, 4], window: undefined },
];

describe('the window of a layer', () => {
  it.each(cases)('$claim', ({ layer, given = {}, input, window }) => {
    const { op, args } = layerOf(layer, given);
    expect(op.window(args, [input])).toEqual(window);
  });
});

const half = exact(1n, 2n);

/** The first input row that output row `row` looks at, by the window's own rule. */
function firstRow({ stride, upsampling = [1, 1], padBefore }: WindowSpec, row: number): unknown {
  return floor(subtract(divide(row * stride[0], upsampling[0]) ?? 0, padBefore[0]));
}

describe('a layer that interpolates', () => {
  const sizes = fc.record({
    from: fc.integer({ min: 1, max: 30 }),
    to: fc.integer({ min: 1, max: 30 }),
    row: fc.nat(29),
  });

  it.each(['nearest', 'bilinear'])('looks at the cells around the half-pixel centre (%s)', (mode) => {
    fc.assert(
      fc.property(sizes, ({ from, to, row }) => {
        const { op, args } = layerOf('resize', { size: to, mode: word(mode) });
        const window = op.window(args, [[from, from, 1]]);
        if (window === undefined || window === 'everything') throw new Error('has a window');
        const centre = divide((2 * row + 1) * from, 2 * to) ?? 0;
        const shift = mode === 'bilinear' ? negate(half) : 0;
        expect(firstRow(window, row)).toEqual(floor(add(centre, shift)));
        expect(window.kernel[0]).toBe(mode === 'bilinear' ? 2 : 1);
      }),
    );
  });

  it('repeats each cell as often as the factor says', () => {
    const { op, args } = layerOf('upsample', { factor: 3 });
    const window = op.window(args, [[4, 4, 1]]);
    if (window === undefined || window === 'everything') throw new Error('has a window');
    const rows = Array.from({ length: 12 }, (_, row) => firstRow(window, row));
    expect(rows).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
  });
});
