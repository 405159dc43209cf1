import { mul, type Tensor } from '@tensorflow/tfjs-core';
import type { Tape } from '../tape.js';

/** A function of each value and its slope, which is computed from its input, its output, or both in this order. */
export interface Activation {
  readonly value: (x: Tensor) => Tensor;
  readonly reads: 'input' | 'output' | 'both';
  readonly slope: (one: Tensor, other: Tensor) => Tensor;
}

/** Applies a function to each value. */
export function activate(x: Tensor, { value, reads, slope }: Activation, tape?: Tape): Tensor {
  const y = value(x);
  const needs = { input: [x], output: [y], both: [x, y] }[reads];
  tape?.record(y, [{ of: x, needs, gradient: (dy, one, other) => mul(dy, slope(one, other)) }]);
  return y;
}
