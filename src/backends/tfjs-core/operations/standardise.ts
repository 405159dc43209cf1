import { add, mean, mul, rsqrt, scalar, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { ending } from '../ending.js';
import { inTurn } from '../in-turn.js';
import type { Tape } from '../tape.js';
import { lastSize, sumRows } from './rows.js';

/** A tensor with mean 0 and variance 1, and what it had before. */
export interface Standardised {
  readonly values: Tensor;
  readonly mean: Tensor;
  /** The biased one: divided by the number of values. */
  readonly variance: Tensor;
}

/** Takes the mean over some dimensions, in a shape that can be repeated to meet the values again. */
export type MeanOf = (values: Tensor) => Tensor;

/** The mean over all but the last dimension, `[c]`. */
export const meanOfChannels: MeanOf = (values) =>
  ending(sumRows(values), (sums) => mul(sums, scalar(lastSize(values) / values.size)));

/** The mean over these dimensions, each of which is 1 after it. */
export function meanOver(axes: readonly number[]): MeanOf {
  return (values) => mean(values, [...axes], true);
}

/** Shifts and scales to mean 0 and variance 1 over some dimensions (Ioffe & Szegedy 2015, §3, also for the gradient). */
export function standardise(x: Tensor, meanOf: MeanOf, eps: number, tape?: Tape): Standardised {
  const average = meanOf(x);
  const centred = sub(x, average);
  const variance = inTurn(centred, square, meanOf);
  const inverse = inTurn(variance, (value) => add(value, eps), rsqrt);
  const values = ending(centred, (apart) => mul(apart, inverse));
  tape?.record(values, [
    {
      of: x,
      needs: [values, inverse],
      gradient: (dy, y, factor) => {
        const along = ending(mul(dy, y), (products) => mul(y, meanOf(products)));
        const across = ending(along, (part) => sub(dy, part));
        const centred = ending(across, (part) => sub(part, meanOf(dy)));
        return ending(centred, (part) => mul(part, factor));
      },
    },
  ]);
  inverse.dispose();
  return { values, mean: average, variance };
}
