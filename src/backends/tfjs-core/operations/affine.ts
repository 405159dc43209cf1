import { add, mul, type Tensor } from '@tensorflow/tfjs-core';
import { ending } from '../ending.js';
import { alias } from '../kernel.js';
import type { Tape } from '../tape.js';
import { sumRows } from './rows.js';

/** Adds one number a channel, `[…, c]` and `[c]`. */
export function addBias(x: Tensor, bias: Tensor, tape?: Tape): Tensor {
  const y = add(x, bias);
  tape?.record(y, [
    { of: x, needs: [], gradient: (dy) => alias(dy) },
    { of: bias, needs: [], gradient: sumRows },
  ]);
  return y;
}

/** Multiplies each channel by its own factor, `[…, c]` and `[c]`. */
export function scaleChannels(x: Tensor, factor: Tensor, tape?: Tape): Tensor {
  const y = mul(x, factor);
  tape?.record(y, [
    { of: factor, needs: [x], gradient: (dy, seen) => ending(mul(dy, seen), sumRows) },
    { of: x, needs: [factor], gradient: (dy, f) => mul(dy, f) },
  ]);
  return y;
}

/** A factor and an offset for each channel, as far as they are there. */
export interface Affine {
  readonly gamma: Tensor | undefined;
  readonly beta: Tensor | undefined;
}

/** Multiplies and shifts each channel, as far as wanted, of values that are read for the last time. */
export function affine(values: Tensor, { gamma, beta }: Affine, tape?: Tape): Tensor {
  const scaled =
    gamma === undefined ? values : ending(values, (standard) => scaleChannels(standard, gamma, tape));
  return beta === undefined ? scaled : ending(scaled, (product) => addBias(product, beta, tape));
}
