import { multiply, product } from '../values/exact.js';
import { complain } from './complaint.js';
import { affineParams, affineWeights, normalisingWork } from './normalisation.js';
import { defineOp } from './op.js';
import { optional } from './params.js';
import { groupsDoNotDivide } from './problems/divisions.js';
import { channelsOf, known, only } from './sizes.js';
import { wholeNumber } from './types/whole-number.js';

/** Group normalisation. */
export const groupnorm = defineOp({
  category: 'normalisation',
  doc: {
    summary:
      'Shifts and scales each group of channels, over the whole image, to mean 0 and variance 1; one image at a time.',
    formula:
      'y[i, j, c] = gamma[c] · (x[i, j, c] - mean[g]) / sqrt(variance[g] + eps) + beta[c], g the group of c',
    keras: 'GroupNormalization(groups, epsilon=eps)',
    pytorch: 'GroupNorm(groups, c, eps)',
    cost: 'five operations a value (mean, difference, square, its sum, quotient), and one each for gamma and beta',
    source: 'Wu & He 2018, §3.1',
    example: { line: 'groupnorm 32', input: [56, 56, 64] },
  },
  params: {
    groups: optional(wholeNumber({ atLeast: 1 }), 32, 'into how many parts the channels are split'),
    ...affineParams,
  },
  positional: ['groups'],
  inferShape({ groups }, inputs) {
    const shape = only(inputs);
    const count = known('groupnorm', 'channels', channelsOf(shape));
    if (typeof count !== 'number') return count;
    if (count % groups === 0) return shape;
    return complain(
      groupsDoNotDivide,
      { layer: 'groupnorm', groups, count, of: 'channels' },
      { parameter: 'groups' },
    );
  },
  weights: (args, inputs) => affineWeights(args, channelsOf(only(inputs))),
  elementwise: (args, _inputs, output) => multiply(normalisingWork(args), product(output)),
  window: () => 'everything',
});
