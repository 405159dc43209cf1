import { defineOp } from './op.js';
import { required } from './params.js';
import { only } from './sizes.js';
import { number } from './types/number.js';

/** Dropout. */
export const dropout = defineOp({
  category: 'regularisation',
  doc: {
    summary:
      'In training sets each value to zero with probability `rate` and scales the others up; at inference does nothing.',
    formula: 'y = x · m / (1 - rate), m = 0 with probability rate, else 1',
    keras: 'Dropout(rate)',
    pytorch: 'Dropout(p=rate)',
    cost: 'nothing at inference',
    source: 'Srivastava et al. 2014, §4, inverted',
    example: { line: 'dropout 40%', input: [1024] },
  },
  params: { rate: required(number({ atLeast: 0, below: 1 }), 'share of the values that are dropped') },
  positional: ['rate'],
  memory: () => 'in-place',
  inferShape: (_args, inputs) => only(inputs),
});
