import { mul, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { ending } from '../ending.js';
import { kernel } from '../kernel.js';
import type { Tape } from '../tape.js';

/** Positive shares along the last dimension that sum to 1. */
export function softmax(x: Tensor, tape?: Tape): Tensor {
  const y = kernel('Softmax', { logits: x }, { dim: x.rank - 1 });
  const gradient = (dy: Tensor, shares: Tensor): Tensor => {
    const product = mul(dy, shares);
    return ending(
      ending(sum(product, -1, true), (sums) => mul(shares, sums)),
      (part) => sub(product, part),
    );
  };
  tape?.record(y, [{ of: x, needs: [y], gradient }]);
  return y;
}
