import { activation } from './activation.js';

/** Hyperbolic tangent. */
export const tanh = activation(
  'tanh',
  {
    summary: 'Squeezes each value to between -1 and 1.',
    formula: 'y = tanh(x)',
    keras: 'Activation("tanh")',
    pytorch: 'Tanh()',
    source: 'LeCun et al. 1998, §II (there scaled: 1.7159 · tanh(2/3 · x))',
  },
  {},
);
