import { multiply, product } from '../values/exact.js';
import { defineOp } from './op.js';
import { only } from './sizes.js';

/** Shares that sum to one. */
export const softmax = defineOp({
  category: 'activation',
  doc: {
    summary: 'Makes positive shares of the channels, or of the features, that sum to 1.',
    formula: 'y[…, c] = e^x[…, c] / Σ over d of e^x[…, d]',
    keras: 'Softmax()',
    pytorch: 'Softmax(dim=1)',
    cost: 'three operations a value: the exponential, its sum, the quotient',
    source: 'Bridle 1990',
    example: { line: 'softmax', input: [10] },
  },
  params: {},
  inferShape: (_args, inputs) => only(inputs),
  // The exponential, the sum, and the quotient.
  elementwise: (_args, _inputs, output) => multiply(3, product(output)),
  window: (_args, inputs) => (only(inputs).length === 1 ? 'everything' : undefined),
});
