import type { Tensor } from '@tensorflow/tfjs-core';
import { ending } from './ending.js';

/** Makes a tensor from another. */
type Step = (x: Tensor) => Tensor;

/** Applies functions one after the other; what one gave ends as soon as the next has read it. */
export function inTurn(x: Tensor, first: Step, ...others: readonly Step[]): Tensor {
  return others.reduce<Tensor>(ending, first(x));
}
