import { add, minimum, mul, prelu as preluOf, step, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Tape } from '../tape.js';
import { sumRows } from './rows.js';

/** Keeps what is positive, else multiplies by a slope for each channel, `[c]`. */
export function prelu(x: Tensor, alpha: Tensor, tape?: Tape): Tensor {
  const y = preluOf(x, alpha);
  tape?.record(y, [
    { of: alpha, needs: [x], gradient: (dy, seen) => sumRows(mul(dy, minimum(seen, 0))) },
    {
      of: x,
      needs: [x, alpha],
      gradient: (dy, seen, slope) => {
        const side = step(seen);
        return mul(dy, add(side, mul(sub(1, side), slope)));
      },
    },
  ]);
  return y;
}
