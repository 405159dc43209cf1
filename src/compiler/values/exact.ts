import { highestOf, isNeverZero, lowestOf } from './bounds.js';
import { quotientOf, remainderOf } from './division.js';
import { closedFromDouble, doubleOf } from './double.js';
import { greatestOf, isAtLeast as isAtLeastOf, leastOf } from './extremes.js';
import {
  addExact,
  fromTerms,
  isFormula,
  keyOf,
  multiplyExact,
  negateExact,
  termsOf,
  type Exact,
  type Formula,
  type Term,
} from './polynomial.js';
import { powerOf } from './power.js';
import {
  addClosed,
  compareClosed,
  denominatorOf,
  fraction,
  numeratorOf,
  signOf,
  type Closed,
} from './rational.js';
import { ceilExact, floorExact } from './rounding.js';
import { wholenessOf } from './wholeness.js';

export type { Exact } from './polynomial.js';
export { isTooLarge } from './size.js';
export { toDigits, toGrouped, toText } from './text.js';

/** A fraction of integers; a denominator of zero is our mistake. */
export function exact(numerator: bigint, denominator = 1n): Exact {
  return fraction(numerator, denominator);
}

/** The exact value of a finite double. */
export function fromDouble(x: number): Exact {
  if (!Number.isFinite(x)) throw new Error(`${String(x)} has no exact value`);
  return closedFromDouble(x);
}

/** The sum of two numbers. */
export function add(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return addExact(a, b);
}

/** The first number less the second. */
export function subtract(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return addExact(a, negateExact(b));
}

/** The product of two numbers. */
export function multiply(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // Adding 0 turns -0 into 0.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return multiplyExact(a, b);
}

/** The number with the other sign. */
export function negate(a: Exact): Exact {
  return typeof a === 'number' ? 0 - a : negateExact(a);
}

/** The sum of all; of none it is 0. */
export function sum(items: Iterable<Exact>): Exact {
  let closed: Closed = 0;
  const open: Term[] = [];
  for (const item of items) {
    if (isFormula(item)) open.push(...item.terms);
    else closed = addClosed(closed, item);
  }
  return open.length === 0 ? closed : fromTerms([...open, ...termsOf(closed)]);
}

/** The product of all; of none it is 1. */
export function product(items: Iterable<Exact>): Exact {
  let all: Exact = 1;
  for (const item of items) all = multiply(all, item);
  return all;
}

/** The quotient; undefined where the divisor is zero, or an open one that may be. */
export function divide(a: Exact, b: Exact): Exact | undefined {
  if (b === 0) return undefined;
  if (typeof a === 'number' && typeof b === 'number' && a % b === 0) return a / b + 0;
  return isFormula(b) && !isNeverZero(b) ? undefined : quotientOf(a, b);
}

/** The power; undefined where it is no exact number, has no value (0 to -1), or is too large (`isTooLarge`). */
export function power(a: Exact, exponent: Exact): Exact | undefined {
  return powerOf(a, exponent);
}

/** The greatest integer not above. */
export function floor(a: Exact): Exact {
  return typeof a === 'number' ? a : floorExact(a);
}

/** The smallest integer not below. */
export function ceil(a: Exact): Exact {
  return typeof a === 'number' ? a : ceilExact(a);
}

/** The nearest integer; of two, the greater. */
export function round(a: Exact): Exact {
  return typeof a === 'number' ? a : floorExact(addExact(a, half));
}

/** ⌊a / b⌋; a divisor of zero is our mistake. */
export function floorDivide(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number' && b !== 0) {
    const rest = a % b;
    const towardsZero = (a - rest) / b;
    return rest !== 0 && rest < 0 !== b < 0 ? towardsZero - 1 : towardsZero + 0;
  }
  return floorExact(quotientOf(a, b));
}

/** ⌈a / b⌉; a divisor of zero is our mistake. */
export function ceilDivide(a: Exact, b: Exact): Exact {
  return negate(floorDivide(negate(a), b));
}

/** a - b⌊a / b⌋; undefined where the divisor is zero, or an open one that may be. */
export function modulo(a: Exact, b: Exact): Exact | undefined {
  if (b === 0) return undefined;
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
  }
  return isFormula(b) && !isNeverZero(b) ? undefined : remainderOf(a, b);
}

/** The smaller of two numbers. */
export function minimum(a: Exact, b: Exact): Exact {
  return typeof a === 'number' && typeof b === 'number' ? Math.min(a, b) : leastOf([a, b]);
}

/** The greater of two numbers. */
export function maximum(a: Exact, b: Exact): Exact {
  return typeof a === 'number' && typeof b === 'number' ? Math.max(a, b) : greatestOf([a, b]);
}

/** The number without its sign. */
export function absolute(a: Exact): Exact {
  return typeof a === 'number' ? Math.abs(a) : greatestOf([a, negateExact(a)]);
}

/** Which of two numbers is the greater, at all sizes; undefined where it depends on an open size or can't be told. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 | undefined {
  if (!isFormula(a) && !isFormula(b)) return compareClosed(a, b);
  const difference = addExact(a, negateExact(b));
  const lowest = lowestOf(difference);
  if (lowest !== undefined && signOf(lowest) > 0) return 1;
  const highest = highestOf(difference);
  if (highest !== undefined && signOf(highest) < 0) return -1;
  return lowest === 0 && highest === 0 ? 0 : undefined;
}

/** Whether `a >= b`, at all sizes (true), at none (false), or it depends or can't be told (undefined). */
export function isAtLeast(a: Exact, b: Exact): boolean | undefined {
  return typeof a === 'number' && typeof b === 'number' ? a >= b : isAtLeastOf(a, b);
}

/** Whether two numbers are equal, at all sizes (true), at none (false), or it depends or can't be told (undefined). */
export function equals(a: Exact, b: Exact): boolean | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (keyOf(a) === keyOf(b)) return true;
  const order = compare(a, b);
  if (order !== undefined) return order === 0;
  return isNeverZero(addExact(a, negateExact(b))) ? false : undefined;
}

/** Whether a number is an integer, at all sizes (true), at none (false), or it depends or can't be told (undefined). */
export function isWhole(a: Exact): boolean | undefined {
  return typeof a === 'number' ? true : wholenessOf(a);
}

/** True for a number that depends on sizes that are left open. */
export function isOpen(a: Exact): a is Formula {
  return isFormula(a);
}

/** The names of the open sizes that a number depends on, in the order of the alphabet. */
export function openSizes(a: Exact): readonly string[] {
  const names = new Set<string>();
  const visit = (item: Exact): void => {
    for (const { monomial } of isFormula(item) ? item.terms : []) {
      for (const { atom } of monomial.factors) {
        if (atom.kind === 'size') names.add(atom.name);
        else if ('of' in atom) visit(atom.of);
        else atom.items.forEach(visit);
      }
    }
  };
  visit(a);
  return [...names].sort();
}

/** The nearest double; NaN for a number that depends on open sizes. */
export function toNumber(a: Exact): number {
  if (typeof a === 'number') return a;
  return isFormula(a) ? Number.NaN : doubleOf(a);
}

/** The integer that a number is; a number that is open or no integer is our mistake. */
export function toBigInt(a: Exact): bigint {
  if (isFormula(a) || denominatorOf(a) !== 1n) throw new Error(`${keyOf(a)} is no known integer`);
  return numeratorOf(a);
}

const half = fraction(1n, 2n);
