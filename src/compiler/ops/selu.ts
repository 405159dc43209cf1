import { activation } from './activation.js';

/** Scaled exponential linear unit. */
export const selu = activation(
  'selu',
  {
    summary: 'An elu scaled so that mean 0 and variance 1 are kept from layer to layer.',
    formula: 'y = λ · x where x > 0, else λ · α · (e^x - 1); λ = 1.0507009873554805, α = 1.6732632423543772',
    keras: 'Activation("selu")',
    pytorch: 'SELU()',
    source: 'Klambauer et al. 2017, §2',
  },
  {},
);
