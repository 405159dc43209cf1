import { join } from './join.js';

/** Product of several tensors, value by value. */
export const mul = join(
  'mul',
  {
    summary: 'Multiplies its branches value by value; features, one for each channel, reweigh an image.',
    formula: 'y = x1 · x2 · …',
    keras: 'Multiply()',
    pytorch: 'x1 * x2',
    cost: 'one operation an output value for each branch after the first',
    source: 'Hu, Shen & Sun 2017 (Squeeze and excitation), §3.2',
  },
  (inputs) => inputs - 1,
);
