import { isFormula, type Exact } from './polynomial.js';

/** The most binary digits that a numerator or a denominator may have: a fraction of such is still reduced in milliseconds. */
export const mostBits = 2 ** 14;

const mostCharacters = 2_000;
const highestPower = 1_000;
const tooMuch = 2n ** BigInt(mostBits);

/**
 * True where a number has grown beyond what is worth computing with: past 2^14 binary digits, or a formula that no one
 * could read. Arithmetic stays exact beyond; whoever evaluates what a user wrote asks after each step, and stops there.
 */
export function isTooLarge(a: Exact): boolean {
  if (typeof a === 'number') return false;
  if (!isFormula(a)) return a.denominator >= tooMuch || a.numerator >= tooMuch || a.numerator <= -tooMuch;
  if (a.key.length > mostCharacters) return true;
  return a.terms.some(({ monomial }) =>
    monomial.factors.some(({ exponent }) => Math.abs(exponent) > highestPower),
  );
}

/** How many binary digits an integer has, without its sign. */
export function bitsOf(a: bigint): number {
  const hexadecimal = (a < 0n ? -a : a).toString(16);
  return Number.parseInt(hexadecimal.charAt(0), 16).toString(2).length + (hexadecimal.length - 1) * 4;
}
