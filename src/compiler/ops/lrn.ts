import { multiply, product } from '../values/exact.js';
import { isComplaint } from './complaint.js';
import { defineOp } from './op.js';
import { optional } from './params.js';
import { imageOf, only } from './sizes.js';
import { boolean } from './types/boolean.js';
import { number } from './types/number.js';
import { oddNumber } from './types/whole-number.js';

/** Local response normalisation across channels. */
export const lrn = defineOp({
  category: 'normalisation',
  doc: {
    summary:
      'Divides each value by a power of the sum of squares of its `size` neighbouring channels, itself in the middle.',
    formula:
      'y[i, j, c] = x[i, j, c] / (k + alpha · Σ over |d - c| ≤ ⌊size / 2⌋ of x[i, j, d]²)^beta; with `average` alpha is divided by size',
    keras:
      'none; tf.nn.local_response_normalization(x, depth_radius=size // 2, bias=k, alpha, beta), which does not divide alpha',
    pytorch:
      'LocalResponseNorm(size, alpha, beta, k), which divides alpha by size, as ONNX and Caffe do: write `average=true`',
    cost: 'size + 4 operations a value: a square, size - 1 sums, and those with alpha, k, the power and the quotient',
    source: 'Krizhevsky et al. 2012, §3.3, with its constants as defaults',
    example: { line: 'lrn 5 alpha=1e-4', input: [55, 55, 96] },
  },
  params: {
    size: optional(oddNumber, 5, 'how many channels are summed'),
    alpha: optional(number(), 1e-4, 'weight of the sum'),
    beta: optional(number(), 0.75, 'the power'),
    k: optional(number({ above: 0 }), 2, 'added to the weighted sum (1 in Caffe, PyTorch and ONNX)'),
    average: optional(boolean, false, 'whether alpha is divided by `size`; the paper does not'),
  },
  positional: ['size'],
  inferShape(_args, inputs) {
    const shape = only(inputs);
    const image = imageOf('lrn', shape);
    return isComplaint(image) ? image : shape;
  },
  // A square, size - 1 additions, the product with alpha, the sum with k, the power and the quotient.
  elementwise: ({ size }, _inputs, output) => multiply(size + 4, product(output)),
});
