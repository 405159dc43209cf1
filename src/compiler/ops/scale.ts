import { product } from '../values/exact.js';
import { defineOp } from './op.js';
import { optional } from './params.js';
import { channelsOf, known, only } from './sizes.js';
import { number } from './types/number.js';

/** One learned factor a channel. */
export const scale = defineOp({
  category: 'normalisation',
  doc: {
    summary: 'Multiplies each channel by a learned factor.',
    formula: 'y[…, c] = factor[c] · x[…, c]',
    keras: 'none; a layer with one weight',
    pytorch: 'none; a module with one Parameter',
    cost: 'one operation a value',
    source: 'Touvron et al. 2021 (LayerScale), §2; Liu et al. 2022 (ConvNeXt)',
    example: { line: 'scale init=1e-6', input: [56, 56, 96] },
  },
  params: { init: optional(number(), 1, 'what every factor starts as') },
  memory: () => 'in-place',
  inferShape(_args, inputs) {
    const shape = only(inputs);
    const channels = known('scale', 'channels', channelsOf(shape));
    return typeof channels === 'number' ? shape : channels;
  },
  weights: ({ init }, inputs) => [
    {
      name: 'factor',
      shape: [channelsOf(only(inputs))],
      initializer: { kind: 'constant', value: init },
      trainable: true,
    },
  ],
  elementwise: (_args, _inputs, output) => product(output),
});
