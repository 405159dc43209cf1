import { join } from './join.js';

/** Largest of several tensors, value by value. */
export const max = join(
  'max',
  {
    summary: 'Takes the largest of its branches value by value.',
    formula: 'y = max(x1, x2, …)',
    keras: 'Maximum()',
    pytorch: 'torch.maximum(x1, x2)',
    cost: 'one operation an output value for each branch after the first',
    source: 'Goodfellow et al. 2013 (Maxout networks), §3',
  },
  (inputs) => inputs - 1,
);
