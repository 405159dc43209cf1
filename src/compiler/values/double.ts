import { fraction, type Closed } from './rational.js';
import { bitsOf } from './size.js';

/** The exact value of a finite double. */
export function closedFromDouble(x: number): Closed {
  if (Number.isSafeInteger(x)) return x + 0;
  let numerator = x;
  let halvings = 0n;
  // Doubling is exact, and a finite double is whole after at most 1,074 doublings.
  for (; !Number.isInteger(numerator); halvings++) numerator *= 2;
  return fraction(BigInt(numerator), 2n ** halvings);
}

/** The double that is nearest to a number. */
export function doubleOf(a: Closed): number {
  if (typeof a === 'number') return a;
  if (a.denominator === 1n) return Number(a.numerator);
  const size = a.numerator < 0n ? -a.numerator : a.numerator;
  const shift = 66 - (bitsOf(size) - bitsOf(a.denominator));
  const [above, below] =
    shift > 0 ? [size * 2n ** BigInt(shift), a.denominator] : [size, a.denominator * 2n ** BigInt(-shift)];
  const quotient = above / below;
  // A last binary digit that says whether something was cut off makes the rounding of `Number` the only one.
  const sticky = quotient * 2n + (above % below === 0n ? 0n : 1n);
  const scaled = Number(a.numerator < 0n ? -sticky : sticky);
  const half = Math.trunc((shift + 1) / 2);
  return scaled * 2 ** -half * 2 ** -(shift + 1 - half);
}
