import type { OptimizerSettings } from './settings.js';

/** Values that each optimizer keeps for every weight that is trained, with its usual settings: a velocity, means, squares. */
export const slotsOf: Readonly<Record<OptimizerSettings['kind'], number>> = {
  sgd: 0,
  momentum: 1,
  nesterov: 1,
  adam: 2,
  adamw: 2,
  rmsprop: 1,
  adagrad: 1,
};
