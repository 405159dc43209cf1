import { globalPool } from './global-pool.js';

/** Global average pooling. */
export const gap = globalPool('gap', {
  summary:
    'Takes the average of each channel over the whole image, so that any size gives the same features.',
  formula: 'y[c] = mean over i, j of x[i, j, c]',
  keras: 'GlobalAveragePooling2D()',
  pytorch: 'AdaptiveAvgPool2d(1) and flatten',
  cost: 'one operation an input value',
  source: 'Lin, Chen & Yan 2013 (Network in network), §3.2',
  example: { line: 'gap', input: [7, 7, 512] },
});
