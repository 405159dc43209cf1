import { mul, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { ending } from '../ending.js';
import { inTurn } from '../in-turn.js';
import { kernel } from '../kernel.js';

/**
 * The sum over all but the last dimension, `[…, c]` to `[c]`, as an average over a window of all rows: ten times as fast
 * as a reduction. Two windows one after the other round off less than one; the first is the larger, so that between them
 * there are never more rows than the root of all.
 */
export function sumRows(x: Tensor): Tensor {
  const channels = lastSize(x);
  const rows = x.size / channels;
  const blocks = divisorBelowRoot(rows);
  return inTurn(
    x,
    (values) => averageRows(values, [blocks, rows / blocks, channels]),
    (averages) => averageRows(averages, [1, blocks, channels]),
    (average) => kernel('Reshape', { x: average }, { shape: [channels] }),
    (average) => mul(average, scalar(rows)),
  );
}

/** Of `[blocks, rows, channels]` the averages over the rows. */
function averageRows(x: Tensor, [blocks, rows, channels]: readonly [number, number, number]): Tensor {
  const images = kernel('Reshape', { x }, { shape: [blocks, rows, 1, channels] });
  if (rows === 1) return images;
  const attributes = { filterSize: [rows, 1], strides: [rows, 1], pad: 'valid' };
  return ending(images, (values) => kernel('AvgPool', { x: values }, attributes));
}

/** The largest divisor that isn't above the root. */
function divisorBelowRoot(value: number): number {
  let divisor = Math.floor(Math.sqrt(value));
  while (value % divisor !== 0) divisor -= 1;
  return divisor;
}

/** The size of the last dimension. */
export function lastSize({ shape }: Tensor): number {
  return shape.at(-1) ?? 1;
}

/** The product of two matrices, given as their values in row-major order and their sizes `[rows, inner, columns]`. */
export function matMul(
  a: Tensor,
  b: Tensor,
  [rows, inner, columns]: readonly [number, number, number],
): Tensor {
  const product = kernel(
    'BatchMatMul',
    { a: matrix(a, rows, inner), b: matrix(b, inner, columns) },
    { transposeA: false, transposeB: false },
  );
  return kernel('Reshape', { x: product }, { shape: [rows, columns] });
}

/** A matrix with rows and columns exchanged; as a step of its own it is much faster than within a product. */
export function transposed(x: Tensor, rows: number, columns: number): Tensor {
  const flat = kernel('Reshape', { x }, { shape: [rows, columns] });
  return kernel('Transpose', { x: flat }, { perm: [1, 0] });
}

function matrix(x: Tensor, rows: number, columns: number): Tensor {
  return kernel('Reshape', { x }, { shape: [1, rows, columns] });
}
