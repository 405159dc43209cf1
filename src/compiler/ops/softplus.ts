import { activation } from './activation.js';

/** Smooth rectified linear unit. */
export const softplus = activation(
  'softplus',
  {
    summary: 'A smooth relu: the logarithm of 1 + e^x.',
    formula: 'y = ln(1 + e^x)',
    keras: 'Activation("softplus")',
    pytorch: 'Softplus()',
    source: 'Dugas et al. 2001; Glorot, Bordes & Bengio 2011, §3',
  },
  {},
);
