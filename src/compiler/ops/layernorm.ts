import { multiply, product } from '../values/exact.js';
import { affineParams, affineWeights, normalisingWork } from './normalisation.js';
import { defineOp } from './op.js';
import { channelsOf, known, only } from './sizes.js';

/** Layer normalisation over the channels of each pixel. */
export const layernorm = defineOp({
  category: 'normalisation',
  doc: {
    summary:
      'Shifts and scales the channels of each pixel to mean 0 and variance 1; `groupnorm 1` does it over the whole image.',
    formula:
      'y[…, c] = gamma[c] · (x[…, c] - mean[…]) / sqrt(variance[…] + eps) + beta[c], with mean and variance over the channels',
    keras: 'LayerNormalization(epsilon=eps)',
    pytorch: 'LayerNorm(c, eps) with the channels last',
    cost: 'five operations a value (mean, difference, square, its sum, quotient), and one each for gamma and beta',
    source: 'Ba, Kiros & Hinton 2016, §3; over channels: Liu et al. 2022 (ConvNeXt), §2.6',
    example: { line: 'layernorm eps=1e-6', input: [56, 56, 96] },
  },
  params: affineParams,
  inferShape(_args, inputs) {
    const shape = only(inputs);
    const channels = known('layernorm', 'channels', channelsOf(shape));
    return typeof channels === 'number' ? shape : channels;
  },
  weights: (args, inputs) => affineWeights(args, channelsOf(only(inputs))),
  elementwise: (args, _inputs, output) => multiply(normalisingWork(args), product(output)),
  window: (_args, inputs) => (only(inputs).length === 1 ? 'everything' : undefined),
});
