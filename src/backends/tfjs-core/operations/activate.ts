import { mul, type Tensor } from '@tensorflow/tfjs-core';
import { ending } from '../ending.js';
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
  const gradient = (dy: Tensor, one: Tensor, other: Tensor): Tensor =>
    ending(slope(one, other), (rise) => mul(dy, rise));
  tape?.record(y, [{ of: x, needs, gradient }]);
  return y;
}
