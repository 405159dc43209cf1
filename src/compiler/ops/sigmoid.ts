import { activation } from './activation.js';

/** Logistic function. */
export const sigmoid = activation(
  'sigmoid',
  {
    summary: 'Squeezes each value to between 0 and 1.',
    formula: 'y = 1 / (1 + e^-x)',
    keras: 'Activation("sigmoid")',
    pytorch: 'Sigmoid()',
    source: 'Rumelhart, Hinton & Williams 1986',
  },
  {},
);
