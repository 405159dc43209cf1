import { activation } from './activation.js';

/** Rectified linear unit. */
export const relu = activation(
  'relu',
  {
    summary: 'Keeps what is positive, else gives 0.',
    formula: 'y = max(x, 0)',
    keras: 'ReLU()',
    pytorch: 'ReLU()',
    source: 'Nair & Hinton 2010 (Rectified linear units improve restricted Boltzmann machines)',
  },
  {},
);
