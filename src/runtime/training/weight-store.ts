import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../executor/types.js';
import type { Weights } from '../weights/weights.js';

/** Weights on the host and, the same, on the engine. */
export interface WeightStore {
  /** As the engine reads them; they belong to the store. */
  readonly tensors: Tensors;
  /** Changes an array on the host in place, and hands the new values to the engine. */
  change(name: string, by: (values: Float32Array) => void): void;
  /** A copy of all arrays as they are now. */
  copy(): Weights;
  /** Frees the tensors. */
  dispose(): void;
}

/** Puts a copy of weights on the engine. */
export function openStore(weights: Weights): WeightStore {
  const arrays = new Map(
    [...weights].map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]),
  );
  const tensors = new Map<string, Tensor>();
  for (const [name, { shape, values }] of arrays) tensors.set(name, tensor(values, [...shape], 'float32'));
  return {
    tensors,
    change(name, by) {
      const array = arrays.get(name);
      if (array === undefined) throw new Error(`\`${name}\` is not among the weights`);
      by(array.values);
      tensors.get(name)?.dispose();
      tensors.set(name, tensor(array.values, [...array.shape], 'float32'));
    },
    copy: () =>
      new Map([...arrays].map(([name, { shape, values }]) => [name, { shape, values: values.slice() }])),
    dispose() {
      for (const one of tensors.values()) one.dispose();
      tensors.clear();
    },
  };
}
