import { activation } from './activation.js';

/** Sigmoid linear unit, also called swish. */
export const silu = activation(
  'silu',
  {
    summary: 'Weighs each value by its own sigmoid.',
    formula: 'y = x · sigmoid(x)',
    keras: 'Activation("silu")',
    pytorch: 'SiLU()',
    source: 'Elfwing, Uchibe & Doya 2017; Ramachandran, Zoph & Le 2017 (swish)',
  },
  {},
);
