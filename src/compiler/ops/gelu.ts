import { activation } from './activation.js';
import { optional } from './params.js';
import { boolean } from './types/boolean.js';

/** Gaussian error linear unit. */
export const gelu = activation(
  'gelu',
  {
    summary: 'Weighs each value by the share of a normal distribution below it.',
    formula:
      'y = x · Φ(x) = x/2 · (1 + erf(x / √2)); with `approximate` x/2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))',
    keras: 'Activation("gelu"), exact',
    pytorch: 'GELU(approximate="none" or "tanh")',
    source: 'Hendrycks & Gimpel 2016, §2',
  },
  { approximate: optional(boolean, false, 'whether the formula with tanh is used') },
);
