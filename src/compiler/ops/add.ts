import { join } from './join.js';

/** Sum of several tensors, value by value. */
export const add = join(
  'add',
  {
    summary: 'Sums its branches value by value; features meet an image at every pixel.',
    formula: 'y = x1 + x2 + …',
    keras: 'Add()',
    pytorch: 'x1 + x2',
    cost: 'one operation an output value for each branch after the first',
    source: 'He et al. 2015 (Deep residual learning), §3.2',
  },
  (inputs) => inputs - 1,
);
