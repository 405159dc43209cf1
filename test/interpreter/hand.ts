import type { OpKind } from '../../src/compiler/ops/registry.js';
import type { Given } from '../ops/layer.js';
import { compute } from './single.js';
import { tensor, type Tensor } from './tensor.js';

/** One image of one channel, row by row. */
export function picture(rows: readonly (readonly number[])[]): Tensor {
  return tensor([1, rows.length, rows[0]?.length ?? 0, 1], rows.flat());
}

/** One pixel with these channels. */
export function pixel(...channels: readonly number[]): Tensor {
  return tensor([1, 1, 1, channels.length], channels);
}

/** One example of these features. */
export function features(...values: readonly number[]): Tensor {
  return tensor([1, values.length], values);
}

/** One value for each channel, as weights have it. */
export function perChannel(...values: readonly number[]): Tensor {
  return tensor([values.length], values);
}

/** The integers from the first on, as many as the shape holds. */
export function counting(first: number, ...shape: readonly number[]): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(
    shape,
    Array.from({ length: count }, (_, place) => first + place),
  );
}

/** The values that one layer gives. */
export function valuesOf(
  kind: OpKind,
  given: Given,
  inputs: readonly Tensor[],
  weights: Readonly<Record<string, Tensor>> = {},
): number[] {
  return [...compute(kind, given, inputs, { weights }).output.values];
}

/** The first channel of the only image that one layer gives, row by row. */
export function rowsOf(
  kind: OpKind,
  given: Given,
  input: Tensor,
  weights: Readonly<Record<string, Tensor>> = {},
): number[][] {
  const { shape, values } = compute(kind, given, [input], { weights }).output;
  const [, height = 0, width = 0, channels = 0] = shape;
  return Array.from({ length: height }, (_, i) =>
    Array.from({ length: width }, (__, j) => values[(i * width + j) * channels] ?? Number.NaN),
  );
}
