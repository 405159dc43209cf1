/** A fraction in lowest terms with a positive denominator that is no safe integer. */
export interface Rational {
  readonly kind: 'rational';
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A number that waits for nothing. Canonical: a safe integer is always a `number`, and zero is never `-0`. */
export type Closed = number | Rational;

/** The fraction in its canonical form; a denominator of zero is our mistake. */
export function fraction(numerator: bigint, denominator = 1n): Closed {
  if (denominator === 0n) throw new Error('a fraction with the denominator zero');
  if (denominator === 1n) return whole(numerator);
  const divisor = greatestCommonDivisor(numerator, denominator);
  const scale = denominator < 0n ? -divisor : divisor;
  const lowest = denominator / scale;
  if (lowest === 1n) return whole(numerator / scale);
  return { kind: 'rational', numerator: numerator / scale, denominator: lowest };
}

/** The integer over the denominator. */
export function numeratorOf(a: Closed): bigint {
  return typeof a === 'number' ? BigInt(a) : a.numerator;
}

/** The positive integer under the numerator: 1 for integers. */
export function denominatorOf(a: Closed): bigint {
  return typeof a === 'number' ? 1n : a.denominator;
}

/** The sum. */
export function addClosed(a: Closed, b: Closed): Closed {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const [m, n] = [denominatorOf(a), denominatorOf(b)];
  if (m === n) return fraction(numeratorOf(a) + numeratorOf(b), m);
  return fraction(numeratorOf(a) * n + numeratorOf(b) * m, m * n);
}

/** The product. */
export function multiplyClosed(a: Closed, b: Closed): Closed {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // Adding 0 turns -0 into 0.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return fraction(numeratorOf(a) * numeratorOf(b), denominatorOf(a) * denominatorOf(b));
}

/** The number with the other sign. */
export function negateClosed(a: Closed): Closed {
  if (typeof a === 'number') return 0 - a;
  return fraction(-a.numerator, a.denominator);
}

/** One divided by a number that isn't zero. */
export function invertClosed(a: Closed): Closed {
  return fraction(denominatorOf(a), numeratorOf(a));
}

/** The greatest integer that is not above the number. */
export function floorClosed(a: Closed): Closed {
  if (typeof a === 'number') return a;
  return whole(floorOfQuotient(a.numerator, a.denominator));
}

/** The smallest integer that is not below the number. */
export function ceilClosed(a: Closed): Closed {
  return negateClosed(floorClosed(negateClosed(a)));
}

/** Minus one, zero or one, as the number is below, at or above zero. */
export function signOf(a: Closed): -1 | 0 | 1 {
  const numerator = typeof a === 'number' ? a : a.numerator;
  if (numerator > 0) return 1;
  return numerator < 0 ? -1 : 0;
}

/** Which of two numbers is the greater. */
export function compareClosed(a: Closed, b: Closed): -1 | 0 | 1 {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) return -1;
    return a > b ? 1 : 0;
  }
  return signOf(addClosed(a, negateClosed(b)));
}

/** True for an integer of any size. */
export function isWholeClosed(a: Closed): boolean {
  return denominatorOf(a) === 1n;
}

/** The quotient of integers, rounded towards minus infinity; the divisor isn't zero. */
export function floorOfQuotient(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  const isRoundedUp = a % b !== 0n && a < 0n !== b < 0n;
  return isRoundedUp ? quotient - 1n : quotient;
}

/** The greatest common divisor, positive unless both are zero. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [m, n] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (n !== 0n) [m, n] = [n, m % n];
  return m;
}

const largestSafe = BigInt(Number.MAX_SAFE_INTEGER);

function whole(value: bigint): Closed {
  if (value <= largestSafe && value >= -largestSafe) return Number(value);
  return { kind: 'rational', numerator: value, denominator: 1n };
}
