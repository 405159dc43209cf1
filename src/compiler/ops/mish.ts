import { activation } from './activation.js';

/** Mish. */
export const mish = activation(
  'mish',
  {
    summary: 'Weighs each value by the hyperbolic tangent of its softplus.',
    formula: 'y = x · tanh(ln(1 + e^x))',
    keras: 'Activation("mish")',
    pytorch: 'Mish()',
    source: 'Misra 2019 (Mish: a self regularized non-monotonic activation function)',
  },
  {},
);
