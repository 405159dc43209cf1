import type { OptimizerSettings } from '../../../compiler/training/settings.js';
import { adagrad } from './adagrad.js';
import { adam } from './adam.js';
import type { Follower } from './follow.js';
import { momentum } from './momentum.js';
import { rmsprop } from './rmsprop.js';

/** Makes what moves one array of weights, with a memory of its own; formulas as in Keras. */
export function followerOf(settings: OptimizerSettings, length: number): Follower {
  switch (settings.kind) {
    case 'sgd':
      return momentum(settings, length);
    case 'momentum':
      return momentum({ ...settings, nesterov: false }, length);
    case 'nesterov':
      return momentum({ ...settings, nesterov: true }, length);
    case 'adam':
      return adam({ ...settings, apart: 0 }, length);
    case 'adamw':
      return adam({ ...settings, decay: 0, apart: settings.decay }, length);
    case 'rmsprop':
      return rmsprop(settings, length);
    case 'adagrad':
      return adagrad(settings, length);
  }
}
