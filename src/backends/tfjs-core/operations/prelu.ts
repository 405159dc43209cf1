import { add, minimum, mul, prelu as preluOf, step, sub, type Tensor } from '@tensorflow/tfjs-core';
import { inTurn } from '../in-turn.js';
import type { Tape } from '../tape.js';
import { sumRows } from './rows.js';

/** Keeps what is positive, else multiplies by a slope for each channel, `[c]`. */
export function prelu(x: Tensor, alpha: Tensor, tape?: Tape): Tensor {
  const y = preluOf(x, alpha);
  tape?.record(y, [
    {
      of: alpha,
      needs: [x],
      gradient: (dy, seen) =>
        inTurn(
          seen,
          (x) => minimum(x, 0),
          (fall) => mul(dy, fall),
          sumRows,
        ),
    },
    {
      of: x,
      needs: [x, alpha],
      gradient: (dy, seen, slope) =>
        inTurn(
          seen,
          (x) => step(x),
          (side) =>
            inTurn(
              side,
              (part) => sub(1, part),
              (rest) => mul(rest, slope),
              (fall) => add(side, fall),
            ),
          (rise) => mul(dy, rise),
        ),
    },
  ]);
  return y;
}
