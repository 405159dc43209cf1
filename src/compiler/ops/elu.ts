import { activation } from './activation.js';
import { optional } from './params.js';
import { number } from './types/number.js';

/** Exponential linear unit. */
export const elu = activation(
  'elu',
  {
    summary: 'Keeps what is positive, else falls smoothly to -alpha.',
    formula: 'y = x where x > 0, else alpha · (e^x - 1)',
    keras: 'ELU(alpha)',
    pytorch: 'ELU(alpha)',
    source: 'Clevert, Unterthiner & Hochreiter 2015, §3',
  },
  { alpha: optional(number(), 1, 'how far below zero it falls') },
);
