import { ones, type Tensor } from '@tensorflow/tfjs-core';
import { kernel } from '../kernel.js';

/** The sum over all but the last dimension, `[…, c]` to `[c]`, as a product with ones: many times as fast as a reduction. */
export function sumRows(x: Tensor): Tensor {
  const channels = lastSize(x);
  const rows = x.size / channels;
  const sum = matMul(ones([1, rows]), x, [1, rows, channels]);
  return kernel('Reshape', { x: sum }, { shape: [channels] });
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
