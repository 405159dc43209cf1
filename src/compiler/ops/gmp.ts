import { globalPool } from './global-pool.js';

/** Global maximum pooling. */
export const gmp = globalPool('gmp', {
  summary:
    'Takes the maximum of each channel over the whole image, so that any size gives the same features.',
  formula: 'y[c] = max over i, j of x[i, j, c]',
  keras: 'GlobalMaxPooling2D()',
  pytorch: 'AdaptiveMaxPool2d(1) and flatten',
  cost: 'one operation an input value',
  source: 'Oquab et al. 2015 (Is object localization for free?), §3',
  example: { line: 'gmp', input: [7, 7, 512] },
});
