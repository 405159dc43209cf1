import { add, mul, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { alias } from '../kernel.js';
import type { Tape } from '../tape.js';

/** Multiplies by a constant tensor that is repeated to meet `x`, never the other way round. */
export function scaleBy(x: Tensor, factor: Tensor, tape?: Tape): Tensor {
  const y = mul(x, factor);
  tape?.record(y, [{ of: x, needs: [factor], gradient: (dy, f) => mul(dy, f) }]);
  return y;
}

/** Adds a constant tensor that is repeated to meet `x`, never the other way round. */
export function shiftBy(x: Tensor, offset: Tensor, tape?: Tape): Tensor {
  const y = add(x, offset);
  tape?.record(y, [{ of: x, needs: [], gradient: (dy) => alias(dy) }]);
  return y;
}

/** Numbers as a tensor of one dimension. */
export function constants(values: readonly number[]): Tensor {
  return tensor([...values], [values.length], 'float32');
}
