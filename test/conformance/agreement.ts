import { valueAt, type Tensor } from '../interpreter/tensor.js';

/**
 * How far float32 may be away, relative to the largest value: its own rounding is 6e-8 for each of the some hundred
 * operations behind a value. A wrong cell, weight or divisor is wrong by whole parts of the largest value.
 */
export const tolerance = 1e-5;

/** The same where all values are small: what 1 + erf(x) and its like lose where they cancel, times an x of about 10. */
const leastAllowed = 2e-6;

/** What is wrong with a tensor beside the one that was expected; undefined where they agree. */
export function disagreement(actual: Tensor, expected: Tensor): string | undefined {
  if (actual.shape.join() !== expected.shape.join()) {
    return `is [${actual.shape.join(', ')}], expected [${expected.shape.join(', ')}]`;
  }
  const largest = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const allowed = tolerance * largest + leastAllowed;
  for (const [place, value] of expected.values.entries()) {
    const given = valueAt(actual, place);
    // Written so that NaN disagrees.
    if (!(Math.abs(given - value) <= allowed)) {
      return `has ${String(given)} at ${String(place)}, expected ${String(value)} (largest ${String(largest)})`;
    }
  }
  return undefined;
}
