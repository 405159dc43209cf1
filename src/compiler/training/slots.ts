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

/** The same under settings of its own, which may add a velocity or do without. */
export function slotsUnder(optimizer: OptimizerSettings): number {
  const usual = slotsOf[optimizer.kind];
  switch (optimizer.kind) {
    case 'sgd':
    case 'rmsprop':
      return optimizer.momentum > 0 ? usual + 1 : usual;
    case 'momentum':
    case 'nesterov':
      return optimizer.momentum > 0 ? usual : 0;
    case 'adam':
    case 'adamw':
    case 'adagrad':
      return usual;
    default: {
      const never: never = optimizer;
      return never;
    }
  }
}
