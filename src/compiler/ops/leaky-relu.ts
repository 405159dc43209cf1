import { activation } from './activation.js';
import { optional } from './params.js';
import { number } from './types/number.js';

/** Rectified linear unit with a slope below zero. */
export const leakyRelu = activation(
  'leaky_relu',
  {
    summary: 'Keeps what is positive, else multiplies by `alpha`.',
    formula: 'y = x where x ≥ 0, else alpha · x',
    keras: 'LeakyReLU(negative_slope=alpha), 0.3 where none is written',
    pytorch: 'LeakyReLU(negative_slope=alpha), 0.01 where none is written',
    source: "Maas, Hannun & Ng 2013, §2, whose 0.01 is the default, as PyTorch's and ONNX's",
  },
  { alpha: optional(number(), 0.01, 'the slope below zero') },
);
