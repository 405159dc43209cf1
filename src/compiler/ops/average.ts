import { join } from './join.js';

/** Average of several tensors, value by value. */
export const average = join(
  'average',
  {
    summary: 'Takes the average of its branches value by value.',
    formula: 'y = (x1 + x2 + … + xn) / n',
    keras: 'Average()',
    pytorch: '(x1 + x2) / 2',
    cost: 'one operation an output value for each branch',
    source: 'definition of the language',
  },
  (inputs) => inputs,
);
