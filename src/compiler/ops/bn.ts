import { multiply, product } from '../values/exact.js';
import { affineParams, affineWeights } from './normalisation.js';
import { defineOp } from './op.js';
import { optional } from './params.js';
import { channelsOf, known, only } from './sizes.js';
import { number } from './types/number.js';

/** Batch normalisation. */
export const bn = defineOp({
  category: 'normalisation',
  doc: {
    summary:
      'Shifts and scales each channel to mean 0 and variance 1: of the batch in training, of the moving statistics at inference.',
    formula: 'y[…, c] = gamma[c] · (x[…, c] - mean[c]) / sqrt(variance[c] + eps) + beta[c]',
    keras: 'BatchNormalization(momentum, epsilon, center, scale)',
    pytorch: 'BatchNorm2d(c, eps, momentum=1 - momentum); its moving variance is the unbiased one',
    cost: 'two operations a value, a product and a sum: at inference the statistics are constants',
    source: 'Ioffe & Szegedy 2015, §3',
    example: { line: 'bn', input: [56, 56, 64] },
  },
  params: {
    ...affineParams,
    momentum: optional(
      number({ atLeast: 0, atMost: 1 }),
      0.99,
      'share of the old moving statistics in the new ones (Keras; PyTorch writes 0.01 for it)',
    ),
  },
  memory: () => 'in-place',
  inferShape(_args, inputs) {
    const shape = only(inputs);
    const channels = known('bn', 'channels', channelsOf(shape));
    return typeof channels === 'number' ? shape : channels;
  },
  weights(args, inputs) {
    const channels = channelsOf(only(inputs));
    return [
      ...affineWeights(args, channels),
      { name: 'moving_mean', shape: [channels], initializer: 'zeros', trainable: false },
      { name: 'moving_variance', shape: [channels], initializer: 'ones', trainable: false },
    ];
  },
  // At inference the statistics are constants, so that a factor and an offset are left.
  elementwise: (_args, _inputs, output) => multiply(2, product(output)),
});
