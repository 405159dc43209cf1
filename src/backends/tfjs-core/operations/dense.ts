import type { Tensor } from '@tensorflow/tfjs-core';
import { kernel } from '../kernel.js';
import type { Tape } from '../tape.js';
import { lastSize, matMul, sumRows, transposed } from './rows.js';

/** A product with a matrix `[in, out]` along the last dimension, and a bias `[out]`. */
export function dense(x: Tensor, matrix: Tensor, bias: Tensor | undefined, tape?: Tape): Tensor {
  const inputs = lastSize(x);
  const outputs = lastSize(matrix);
  const rows = x.size / inputs;
  const { shape } = x;
  const a = kernel('Reshape', { x }, { shape: [1, rows, inputs] });
  const b = kernel('Reshape', { x: matrix }, { shape: [1, inputs, outputs] });
  const plain = { transposeA: false, transposeB: false };
  const product =
    bias === undefined
      ? kernel('BatchMatMul', { a, b }, plain)
      : kernel('_FusedMatMul', { a, b, bias }, { ...plain, activation: 'linear' });
  const y = kernel('Reshape', { x: product }, { shape: [...shape.slice(0, -1), outputs] });
  tape?.record(y, [
    ...(bias === undefined ? [] : [{ of: bias, needs: [], gradient: sumRows }]),
    {
      of: matrix,
      needs: [x],
      gradient: (dy, seen) => matMul(transposed(seen, rows, inputs), dy, [inputs, rows, outputs]),
    },
    // Last, when the input need not be there any more.
    {
      of: x,
      needs: [matrix],
      gradient: (dy, w) => {
        const dx = matMul(dy, transposed(w, inputs, outputs), [rows, outputs, inputs]);
        return kernel('Reshape', { x: dx }, { shape });
      },
    },
  ]);
  return y;
}
