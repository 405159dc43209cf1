import { makeGenerator } from '../random/generator.js';
import { keepApart } from './keep-apart.js';

/** Which examples are for training and which for tests, by index, ascending. */
export interface Division {
  readonly training: readonly number[];
  readonly test: readonly number[];
}

/**
 * Keeps a fifth of each class for tests, of a class with a single example none. The same labels are always divided in the
 * same way, whatever seed a model is trained with: test examples stay unseen.
 */
export function divide(labels: ArrayLike<number>): Division {
  const { kept, rest } = keepApart(labels, 1 / 5, makeGenerator(0));
  return { training: rest, test: kept };
}
