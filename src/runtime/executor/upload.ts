import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Weights } from '../weights/weights.js';

/** Puts arrays on the engine as float32, by their names; the tensors belong to the caller. */
export function upload(arrays: Weights): ReadonlyMap<string, Tensor> {
  return new Map(
    [...arrays].map(([name, { shape, values }]) => [name, tensor(values, [...shape], 'float32')]),
  );
}
