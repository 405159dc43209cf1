import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../executor/types.js';
import type { WeightArray, Weights } from '../weights/weights.js';

/** Weights on the host and, the same, on the engine. */
export interface WeightStore {
  /** As the engine reads them; they belong to the store. */
  readonly tensors: Tensors;
  /** An array on the host, to be changed in place. */
  values(name: string): Float32Array;
  /** Hands the values of a changed array to the engine. */
  hand(name: string): void;
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
  const arrayOf = (name: string): WeightArray => {
    const array = arrays.get(name);
    if (array === undefined) throw new Error(`\`${name}\` is not among the weights`);
    return array;
  };
  return {
    tensors,
    values: (name) => arrayOf(name).values,
    hand(name) {
      const { shape, values } = arrayOf(name);
      tensors.get(name)?.dispose();
      tensors.set(name, tensor(values, [...shape], 'float32'));
    },
    copy: () =>
      new Map([...arrays].map(([name, { shape, values }]) => [name, { shape, values: values.slice() }])),
    dispose() {
      for (const one of tensors.values()) one.dispose();
      tensors.clear();
    },
  };
}
