import { isNeverZero } from './bounds.js';
import { quotientOf } from './division.js';
import { isFormula, multiplyExact, type Exact } from './polynomial.js';
import { denominatorOf, fraction, invertClosed, numeratorOf, signOf, type Closed } from './rational.js';
import { bitsOf, isTooLarge, mostBits } from './size.js';

/** The power, where it is an exact number within the limits of `isTooLarge`; a root only where it comes out even. */
export function powerOf(base: Exact, exponent: Exact): Exact | undefined {
  if (base === 1 || exponent === 0) return 1;
  if (isFormula(exponent)) return undefined;
  if (isFormula(base)) return powerOfFormula(base, exponent);
  const root = rootOf(base, denominatorOf(exponent));
  return root === undefined ? undefined : powerOfClosed(root, numeratorOf(exponent));
}

function powerOfClosed(base: Closed, exponent: bigint): Closed | undefined {
  if (exponent < 0n) return base === 0 ? undefined : powerOfClosed(invertClosed(base), -exponent);
  if (base === 0 || base === 1) return base;
  if (base === -1) return exponent % 2n === 0n ? 1 : -1;
  const [numerator, denominator] = [numeratorOf(base), denominatorOf(base)];
  const bits = Math.max(bitsOf(numerator), bitsOf(denominator)) - 1;
  if (BigInt(bits) * exponent > BigInt(mostBits)) return undefined;
  const power = fraction(numerator ** exponent, denominator ** exponent);
  return isTooLarge(power) ? undefined : power;
}

function powerOfFormula(base: Exact, exponent: Closed): Exact | undefined {
  if (typeof exponent !== 'number') return undefined;
  if (exponent < 0 && !isNeverZero(base)) return undefined;
  let power: Exact = 1;
  for (let round = 0; round < Math.abs(exponent); round++) {
    power = multiplyExact(power, base);
    if (isTooLarge(power)) return undefined;
  }
  return exponent < 0 ? quotientOf(1, power) : power;
}

function rootOf(base: Closed, degree: bigint): Closed | undefined {
  if (degree === 1n || base === 0) return base;
  if (signOf(base) < 0) return undefined;
  const numerator = wholeRootOf(numeratorOf(base), degree);
  const denominator = wholeRootOf(denominatorOf(base), degree);
  return numerator === undefined || denominator === undefined ? undefined : fraction(numerator, denominator);
}

/** The integer whose power is `value`, if there is one: by bisection, between 1 and the first power of two above. */
function wholeRootOf(value: bigint, degree: bigint): bigint | undefined {
  if (value === 1n) return 1n;
  if (degree >= BigInt(bitsOf(value))) return undefined;
  let low = 1n;
  let high = 2n ** (BigInt(bitsOf(value)) / degree + 1n);
  while (low < high) {
    const middle = (low + high) / 2n;
    if (middle ** degree < value) low = middle + 1n;
    else high = middle;
  }
  return low ** degree === value ? low : undefined;
}
