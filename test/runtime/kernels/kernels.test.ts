import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { open } from '../engines.js';
import { callOn, distance, random, type Values } from './call.js';
import { convolutionAttributes, geometries, poolAttributes, textOf, type Geometry } from './geometry.js';

beforeAll(async () => {
  await open('cpu');
  await open('wasm');
});

/** What rounding in float32 may do to sums of some hundred products. */
const rounding = 1e-5;

/** Runs a kernel on both engines and compares. */
async function expectSame(
  kernelName: string,
  inputs: Readonly<Record<string, Values>>,
  attributes: NamedAttrMap,
): Promise<void> {
  const ours = await callOn('wasm', kernelName, inputs, attributes);
  const theirs = await callOn('cpu', kernelName, inputs, attributes);
  expect(distance(ours, theirs)).toBeLessThan(rounding);
}

/** The gradients of a convolution by its input and by its kernel. */
async function expectSameGradients(
  family: 'Conv2D' | 'DepthwiseConv2dNative',
  geometry: Geometry,
  last: number,
): Promise<void> {
  const attributes = convolutionAttributes(geometry);
  const x = random(geometry.input, 1);
  const filter = random([...geometry.kernel, geometry.input[3], last], 2);
  const { shape } = await callOn('cpu', family, { x, filter }, attributes);
  const dy = random(shape, 3);
  const [inputShape, filterShape] = [[...x.shape], [...filter.shape]];
  await expectSame(`${family}BackpropInput`, { dy, filter }, { ...attributes, inputShape });
  await expectSame(`${family}BackpropFilter`, { x, dy }, { ...attributes, filterShape });
}

describe('gradients of convolutions', () => {
  it.each(geometries.map((geometry) => ({ geometry, text: textOf(geometry) })))(
    'are those of the cpu backend for $text',
    async ({ geometry }) => {
      for (const outputs of [1, 4, 9]) await expectSameGradients('Conv2D', geometry, outputs);
    },
  );

  it.each(geometries.map((geometry) => ({ geometry, text: textOf(geometry) })))(
    'are those of the cpu backend for each channel by itself and $text',
    async ({ geometry }) => {
      for (const multiplier of [1, 3])
        await expectSameGradients('DepthwiseConv2dNative', geometry, multiplier);
    },
  );

  it('are those of the cpu backend for many channels', async () => {
    const geometry: Geometry = { input: [4, 12, 13, 24], kernel: [3, 3], stride: [1, 1], pad: 'same' };
    await expectSameGradients('Conv2D', geometry, 40);
    await expectSameGradients('Conv2D', { ...geometry, stride: [2, 2] }, 40);
    await expectSameGradients('DepthwiseConv2dNative', geometry, 1);
  });
});

describe('gradients of a depthwise convolution with spread cells', () => {
  // The cpu backend overlooks the dilation here. The convolution is linear: its value for every unit image, or unit
  // kernel, weighed by the output's gradients, is the gradient at that place.
  const dilated: readonly (Geometry & { readonly dilations: [number, number] })[] = [
    { input: [1, 7, 8, 2], kernel: [3, 2], stride: [1, 1], pad: 'same', dilations: [2, 3] },
    { input: [1, 9, 7, 2], kernel: [2, 3], stride: [2, 2], pad: 'valid', dilations: [3, 2] },
    { input: [1, 9, 9, 1], kernel: [3, 3], stride: [2, 3], pad: [1, 2, 0, 3], dilations: [2, 2] },
    { input: [1, 9, 10, 1], kernel: [3, 2], stride: [4, 6], pad: 'same', dilations: [2, 4] },
  ];

  it.each(dilated.map((geometry) => ({ geometry, text: textOf(geometry) })))(
    'are exact for $text',
    async ({ geometry }) => {
      const { dilations } = geometry;
      const attributes = { ...convolutionAttributes(geometry), dilations };
      const filter = random([...geometry.kernel, geometry.input[3], 2], 2);
      const x = random(geometry.input, 1);
      const forward = await callOn('wasm', 'DepthwiseConv2dNative', { x, filter }, attributes);
      const dy = random(forward.shape, 3);

      const images = units(geometry.input.slice(1));
      const seen = await callOn('wasm', 'DepthwiseConv2dNative', { x: images, filter }, attributes);
      const dx = await callOn(
        'wasm',
        'DepthwiseConv2dNativeBackpropInput',
        { dy, filter },
        { ...attributes, inputShape: [...geometry.input] },
      );
      expect(distance(dx, { shape: geometry.input, values: weighed(seen, dy) })).toBeLessThan(rounding);

      const taps = units(filter.shape);
      const size = filter.values.length;
      const byTap = new Float32Array(size);
      for (let tap = 0; tap < size; tap += 1) {
        const unit = { shape: filter.shape, values: taps.values.slice(tap * size, (tap + 1) * size) };
        const { values } = await callOn('wasm', 'DepthwiseConv2dNative', { x, filter: unit }, attributes);
        byTap.set(weighed({ shape: [1, ...forward.shape], values }, dy), tap);
      }
      const dw = await callOn(
        'wasm',
        'DepthwiseConv2dNativeBackpropFilter',
        { x, dy },
        { ...attributes, filterShape: [...filter.shape] },
      );
      expect(distance(dw, { shape: filter.shape, values: byTap })).toBeLessThan(rounding);
    },
  );
});

describe('gradients of pools', () => {
  const written = geometries.filter(({ kernel }) => kernel[0] * kernel[1] > 1);

  async function expectSamePool(
    pool: 'MaxPool' | 'AvgPool',
    geometry: Geometry,
    offset: number,
  ): Promise<void> {
    const attributes = poolAttributes(geometry);
    const input = random(geometry.input, 4, offset);
    const output = await callOn('cpu', pool, { x: input }, attributes);
    const dy = random(output.shape, 5);
    await expectSame(`${pool}Grad`, { dy, input, output }, attributes);
  }

  it.each(written.map((geometry) => ({ geometry, text: textOf(geometry) })))(
    'are those of the cpu backend for $text',
    async ({ geometry }) => {
      await expectSamePool('MaxPool', geometry, 0);
      await expectSamePool('AvgPool', geometry, 0);
    },
  );

  it('are those of the cpu backend where all of a window is negative', async () => {
    for (const geometry of written) await expectSamePool('MaxPool', geometry, -2);
  });

  it('go to the first of equal cells', async () => {
    const input: Values = { shape: [1, 2, 4, 1], values: new Float32Array(8).fill(-1) };
    const dy: Values = { shape: [1, 1, 2, 1], values: Float32Array.of(5, 7) };
    const attributes = { filterSize: [2, 2], strides: [2, 2], pad: 'valid' };
    const output: Values = { shape: [1, 1, 2, 1], values: Float32Array.of(-1, -1) };
    const dx = await callOn('wasm', 'MaxPoolGrad', { dy, input, output }, attributes);
    expect([...dx.values]).toEqual([5, 0, 7, 0, 0, 0, 0, 0]);
  });
});

describe('the sum of rows by segments', () => {
  it('is that of the cpu backend, also for segments that are empty or named twice', async () => {
    const x = random([5, 2, 3], 6);
    const segmentIds: Values = { shape: [5], values: Int32Array.of(3, 0, 3, 1, 0) };
    await expectSame('UnsortedSegmentSum', { x, segmentIds }, { numSegments: 5 });
  });

  it('leaves out rows of no segment', async () => {
    const x: Values = { shape: [3], values: Float32Array.of(1, 2, 4) };
    const segmentIds: Values = { shape: [3], values: Int32Array.of(-1, 1, 2) };
    const { values } = await callOn('wasm', 'UnsortedSegmentSum', { x, segmentIds }, { numSegments: 2 });
    expect([...values]).toEqual([0, 2]);
  });
});

describe('the hyperbolic tangent', () => {
  it('is within three units in the last place everywhere', async () => {
    const exponents = Array.from({ length: 200 }, (_, place) => 10 ** (place / 20 - 8));
    const values = Float32Array.from([0, ...exponents, ...exponents.map((value) => -value)]);
    const result = await callOn('wasm', 'Tanh', { x: { shape: [values.length], values } }, {});
    values.forEach((value, place) => {
      const exact = Math.tanh(value);
      expect(Math.abs((result.values[place] ?? Number.NaN) - exact)).toBeLessThanOrEqual(
        3 * 2 ** -23 * Math.abs(exact),
      );
    });
  });

  it('keeps what is infinite or no number in its place', async () => {
    const values = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN);
    const result = await callOn('wasm', 'Tanh', { x: { shape: [3], values } }, {});
    expect([...result.values].map((value) => Math.round(value))).toEqual([1, -1, Number.NaN]);
  });
});

/** All unit tensors of a shape, one behind the other. */
function units(shape: readonly number[]): Values {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = new Float32Array(count * count);
  for (let place = 0; place < count; place += 1) values[place * (count + 1)] = 1;
  return { shape: [count, ...shape], values };
}

/** For each of several outputs the sum of its values by these gradients. */
function weighed({ values }: Values, dy: Values): Float32Array {
  const weights = Float32Array.from(dy.values);
  return Float32Array.from({ length: values.length / weights.length }, (_, which) =>
    weights.reduce(
      (sum, weight, place) => sum + weight * (values[which * weights.length + place] ?? Number.NaN),
      0,
    ),
  );
}
