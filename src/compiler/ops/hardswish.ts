import { activation } from './activation.js';

/** Piecewise swish. */
export const hardswish = activation(
  'hardswish',
  {
    summary: 'Weighs each value by its hardsigmoid.',
    formula: 'y = x · min(max(x + 3, 0), 6) / 6',
    keras: 'Activation("hard_silu")',
    pytorch: 'Hardswish()',
    source: 'Howard et al. 2019 (MobileNetV3), §5.2',
  },
  {},
);
