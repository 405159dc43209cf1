import { engine, tensor, tidy, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import type { EngineName } from '../../../src/runtime/engine/engine.js';
import { on } from '../engines.js';

/** A tensor outside of any engine. */
export interface Values {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** Runs one kernel on one engine. */
export async function callOn(
  name: EngineName,
  kernelName: string,
  inputs: Readonly<Record<string, Values>>,
  attributes: NamedAttrMap,
): Promise<Values> {
  return on(name, () => {
    const output = tidy(() => {
      const tensors = Object.entries(inputs).map(([key, { shape, values }]): [string, Tensor] => [
        key,
        tensor(values, [...shape]),
      ]);
      return engine().runKernel<Tensor>(kernelName, Object.fromEntries(tensors), attributes);
    });
    const values = output.dataSync<'float32'>();
    output.dispose();
    return { shape: output.shape, values };
  });
}

/** Numbers between -1 and 1, the same for the same seed: a linear congruential generator (Numerical Recipes). */
export function random(shape: readonly number[], seed: number, offset = 0): Values {
  const count = shape.reduce((product, size) => product * size, 1);
  let state = seed;
  const values = Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1 + offset;
  });
  return { shape, values };
}

/** The largest difference between two tensors, relative to the largest value of the second; infinite for other shapes. */
export function distance(actual: Values, expected: Values): number {
  if (actual.shape.join() !== expected.shape.join()) return Number.POSITIVE_INFINITY;
  let [largest, worst] = [1e-3, 0];
  expected.values.forEach((value, place) => {
    largest = Math.max(largest, Math.abs(value));
    const apart = Math.abs(value - (actual.values[place] ?? Number.NaN));
    worst = apart <= worst ? worst : apart;
  });
  return worst / largest;
}
