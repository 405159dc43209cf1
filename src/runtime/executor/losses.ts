import {
  abs,
  add,
  argMax,
  div,
  equal,
  exp,
  log,
  max,
  maximum,
  mul,
  oneHot,
  scalar,
  sign,
  square,
  step,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { Tape } from '../../backends/tfjs-core/tape.js';

/** A loss of one output, as a scalar that gradients can be taken of. */
export interface Loss {
  readonly value: Tensor;
  /** How many targets it is the mean of. */
  readonly count: number;
}

/** Below this a share counts as this much, so that its logarithm stays finite (Keras' epsilon). */
const leastShare = 1e-7;

/** Cross-entropy of the shares that a softmax would make of the logits, mean over all targets. */
export function crossEntropyOfLogits(logits: Tensor, target: Tensor, tape?: Tape): Loss {
  const count = rowsOf(logits);
  const shifted = sub(logits, max(logits, -1, true));
  const logShares = sub(shifted, log(sum(exp(shifted), -1, true)));
  const value = mul(sum(mul(target, logShares)), scalar(-1 / count));
  if (tape !== undefined) {
    const whole = sum(target, -1, true);
    const slope = mul(sub(mul(exp(logShares), whole), target), scalar(1 / count));
    tape.record(value, [{ of: logits, needs: [slope], gradient: (dy, byLogits) => mul(dy, byLogits) }]);
  }
  return { value, count };
}

/** Cross-entropy of shares that come from elsewhere than a softmax, mean over all targets. */
export function crossEntropyOfShares(shares: Tensor, target: Tensor, tape?: Tape): Loss {
  const count = rowsOf(shares);
  const value = mul(sum(mul(target, log(maximum(shares, leastShare)))), scalar(-1 / count));
  const gradient = (dy: Tensor, given: Tensor, wanted: Tensor): Tensor => {
    const slope = div(mul(wanted, step(sub(given, leastShare))), maximum(given, leastShare));
    return mul(mul(dy, scalar(-1 / count)), slope);
  };
  tape?.record(value, [{ of: shares, needs: [shares, target], gradient }]);
  return { value, count };
}

/** The mean of the squared differences; it counts examples. */
export function squaredError(output: Tensor, target: Tensor, tape?: Tape): Loss {
  const [count = 1] = output.shape;
  const difference = sub(output, target);
  const value = mul(sum(square(difference)), scalar(1 / output.size));
  const gradient = (dy: Tensor, apart: Tensor): Tensor => mul(mul(dy, scalar(2 / apart.size)), apart);
  tape?.record(value, [{ of: output, needs: [difference], gradient }]);
  return { value, count };
}

/** l1 times the sum of a weight's magnitudes and l2 times that of its squares. */
export function penalty(weight: Tensor, l1: number, l2: number, tape?: Tape): Tensor {
  const value = add(mul(sum(abs(weight)), scalar(l1)), mul(sum(square(weight)), scalar(l2)));
  const gradient = (dy: Tensor, w: Tensor): Tensor =>
    mul(dy, add(mul(sign(w), scalar(l1)), mul(w, scalar(2 * l2))));
  tape?.record(value, [{ of: weight, needs: [weight], gradient }]);
  return value;
}

/** The target as shares in the output's shape, some of each given evenly to all classes. */
export function targetShares(target: Tensor, output: Tensor, smoothing: number): Tensor {
  const classes = output.shape.at(-1) ?? 1;
  const shares = isClassNumbers(target) ? oneHot(target, classes) : target;
  const float = mul(shares, scalar(1 - smoothing));
  return smoothing === 0 ? float : add(float, scalar(smoothing / classes));
}

/** How many outputs are largest where their target is. */
export function countCorrect(output: Tensor, target: Tensor): Tensor {
  const wanted = isClassNumbers(target) ? target : argMax(target, -1);
  return sum(equal(argMax(output, -1), wanted));
}

/** Class numbers are whole, shares are not. */
function isClassNumbers(target: Tensor): boolean {
  return target.dtype === 'int32';
}

function rowsOf(output: Tensor): number {
  return output.size / (output.shape.at(-1) ?? 1);
}
