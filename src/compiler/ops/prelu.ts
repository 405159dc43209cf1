import { product } from '../values/exact.js';
import { defineOp } from './op.js';
import { optional } from './params.js';
import { channelsOf, known, only } from './sizes.js';
import { number } from './types/number.js';

/** Rectified linear unit with a learned slope below zero for each channel. */
export const prelu = defineOp({
  category: 'activation',
  doc: {
    summary: 'Keeps what is positive, else multiplies by a learned slope, one for each channel.',
    formula: 'y[…, c] = x[…, c] where x ≥ 0, else alpha[c] · x[…, c]',
    keras:
      'PReLU(shared_axes=[1, 2], alpha_initializer=Constant(0.25)); alone it has one slope for each value, which starts as 0',
    pytorch: 'PReLU(c)',
    cost: 'one operation a value',
    source: 'He et al. 2015 (Delving deep into rectifiers), §2.1, with its 0.25 as default',
    example: { line: 'prelu', input: [28, 28, 64] },
  },
  params: { init: optional(number(), 0.25, 'what every slope starts as') },
  memory: () => 'in-place',
  inferShape(_args, inputs) {
    const shape = only(inputs);
    const channels = known('prelu', 'channels', channelsOf(shape));
    return typeof channels === 'number' ? shape : channels;
  },
  weights: ({ init }, inputs) => [
    {
      name: 'alpha',
      shape: [channelsOf(only(inputs))],
      initializer: { kind: 'constant', value: init },
      trainable: true,
    },
  ],
  elementwise: (_args, _inputs, output) => product(output),
});
