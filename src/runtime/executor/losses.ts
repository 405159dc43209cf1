import {
  abs,
  add,
  argMax,
  cast,
  div,
  equal,
  exp,
  greater,
  log,
  max,
  maximum,
  minimum,
  mul,
  oneHot,
  reshape,
  scalar,
  sigmoid,
  sign,
  square,
  step,
  sub,
  sum,
  tensor1d,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { ending } from '../../backends/tfjs-core/ending.js';
import { inTurn } from '../../backends/tfjs-core/in-turn.js';
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
  const logShares = tidy(() => {
    const shifted = sub(logits, max(logits, -1, true));
    return sub(shifted, log(sum(exp(shifted), -1, true)));
  });
  const value = tidy(() => mul(sum(mul(target, logShares)), scalar(-1 / count)));
  if (tape !== undefined) {
    const whole = sum(target, -1, true);
    const slope = tidy(() => mul(sub(mul(exp(logShares), whole), target), scalar(1 / count)));
    tape.record(value, [{ of: logits, needs: [slope], gradient: (dy, byLogits) => mul(dy, byLogits) }]);
  }
  return { value, count };
}

/** Cross-entropy of shares that come from elsewhere than a softmax, mean over all targets. */
export function crossEntropyOfShares(shares: Tensor, target: Tensor, tape?: Tape): Loss {
  const count = rowsOf(shares);
  const value = tidy(() => mul(sum(mul(target, log(maximum(shares, leastShare)))), scalar(-1 / count)));
  const gradient = (dy: Tensor, given: Tensor, wanted: Tensor): Tensor => {
    const slope = div(mul(wanted, step(sub(given, leastShare))), maximum(given, leastShare));
    return mul(mul(dy, scalar(-1 / count)), slope);
  };
  tape?.record(value, [{ of: shares, needs: [shares, target], gradient }]);
  return { value, count };
}

/** The mean of the squared differences, each times its row's factor where there are some; it counts examples. */
export function squaredError(output: Tensor, target: Tensor, rows: Tensor | undefined, tape?: Tape): Loss {
  const [count = 1] = output.shape;
  const difference = sub(output, target);
  const counted = rows === undefined ? difference : mul(difference, rows);
  const value = tidy(() => mul(sum(mul(difference, counted)), scalar(1 / output.size)));
  const gradient = (dy: Tensor, apart: Tensor): Tensor => mul(mul(dy, scalar(2 / apart.size)), apart);
  tape?.record(value, [{ of: output, needs: [counted], gradient }]);
  return { value, count };
}

/**
 * Binary cross-entropy of the shares that a sigmoid would make of the logits, mean over all values:
 * max(z, 0) - z·t + ln(1 + e^-|z|), which overflows nowhere.
 */
export function binaryOfLogits(logits: Tensor, target: Tensor, rows: Tensor | undefined, tape?: Tape): Loss {
  const [count = 1] = logits.shape;
  const value = tidy(() => {
    const beyond = log(add(exp(mul(abs(logits), scalar(-1))), scalar(1)));
    const values = add(sub(maximum(logits, scalar(0)), mul(logits, target)), beyond);
    return mul(sum(rows === undefined ? values : mul(values, rows)), scalar(1 / logits.size));
  });
  if (tape !== undefined) {
    const slope = tidy(() => {
      const apart = sub(sigmoid(logits), target);
      return mul(rows === undefined ? apart : mul(apart, rows), scalar(1 / logits.size));
    });
    tape.record(value, [{ of: logits, needs: [slope], gradient: (dy, byLogits) => mul(dy, byLogits) }]);
  }
  return { value, count };
}

/** Binary cross-entropy of shares that come from elsewhere than a sigmoid, mean over all values. */
export function binaryOfShares(shares: Tensor, target: Tensor, rows: Tensor | undefined, tape?: Tape): Loss {
  const [count = 1] = shares.shape;
  const kept = minimum(maximum(shares, scalar(leastShare)), scalar(1 - leastShare));
  const rest = sub(scalar(1), kept);
  const no = sub(scalar(1), target);
  const values = add(mul(target, log(kept)), mul(no, log(rest)));
  const value = mul(sum(rows === undefined ? values : mul(values, rows)), scalar(-1 / shares.size));
  if (tape !== undefined) {
    const inside = mul(step(sub(shares, leastShare)), step(sub(scalar(1 - leastShare), shares)));
    const apart = mul(sub(div(no, rest), div(target, kept)), inside);
    const slope = mul(rows === undefined ? apart : mul(apart, rows), scalar(1 / shares.size));
    tape.record(value, [{ of: shares, needs: [slope], gradient: (dy, byShares) => mul(dy, byShares) }]);
  }
  return { value, count };
}

/** l1 times the sum of a weight's magnitudes and l2 times that of its squares. */
export function penalty(weight: Tensor, l1: number, l2: number, tape?: Tape): Tensor {
  const magnitudes = ending(abs(weight), (sizes) => sum(sizes));
  const squares = ending(square(weight), (sizes) => sum(sizes));
  const value = tidy(() => add(mul(magnitudes, scalar(l1)), mul(squares, scalar(l2))));
  const gradient = (dy: Tensor, w: Tensor): Tensor =>
    inTurn(
      w,
      (x) => sign(x),
      (side) => mul(side, scalar(l1)),
      (rise) => ending(mul(w, scalar(2 * l2)), (rest) => add(rise, rest)),
      (slope) => mul(dy, slope),
    );
  tape?.record(value, [{ of: weight, needs: [weight], gradient }]);
  return value;
}

/** The target as shares in the output's shape, some of each given evenly to all classes. */
export function targetShares(target: Tensor, output: Tensor, smoothing: number): Tensor {
  return tidy(() => {
    const float = mul(plainTarget(target, output), scalar(1 - smoothing));
    return smoothing === 0 ? float : add(float, scalar(smoothing / (output.shape.at(-1) ?? 1)));
  });
}

/** The target as a yes or no for each value of the output, moved towards one half. */
export function targetAnswers(target: Tensor, output: Tensor, smoothing: number): Tensor {
  return tidy(() => {
    const float = mul(plainTarget(target, output), scalar(1 - smoothing));
    return smoothing === 0 ? float : add(float, scalar(smoothing / 2));
  });
}

/** What each row counts: the factor of its class, as a column beside the output. */
export function rowFactors(target: Tensor, weights: readonly number[]): Tensor {
  const shares = isClassNumbers(target) ? oneHot(target, weights.length) : target;
  return sum(mul(shares, tensor1d([...weights])), -1, true);
}

/** How many outputs are largest where their target is; of one value, how many lie on their target's side of the border. */
export function countCorrect(output: Tensor, target: Tensor, border: number): Tensor {
  return tidy(() => sum(areCorrect(output, target, border)));
}

function areCorrect(output: Tensor, target: Tensor, border: number): Tensor {
  if (output.shape.at(-1) === 1) {
    const answers = greater(output, scalar(border));
    return equal(answers, greater(reshape(target, output.shape), scalar(0.5, target.dtype)));
  }
  const wanted = isClassNumbers(target) ? target : argMax(target, -1);
  return equal(argMax(output, -1), wanted);
}

/** Class numbers as ones and zeros in the output's shape; the number itself where the output is one value. */
function plainTarget(target: Tensor, output: Tensor): Tensor {
  if (!isClassNumbers(target)) return target;
  const values = output.shape.at(-1) ?? 1;
  if (values === 1) return cast(reshape(target, output.shape), 'float32');
  // Engines copy whole numbers to multiply by a fraction; those need not be there any more then.
  return ending(oneHot(target, values), (whole) => cast(whole, 'float32'));
}

/** Class numbers are whole, shares are not. */
function isClassNumbers(target: Tensor): boolean {
  return target.dtype === 'int32';
}

function rowsOf(output: Tensor): number {
  return output.size / (output.shape.at(-1) ?? 1);
}
