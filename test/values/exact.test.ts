import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  ceil,
  ceilDivide,
  compare,
  divide,
  equals,
  exact,
  floor,
  floorDivide,
  fromDouble,
  isAtLeast,
  isTooLarge,
  isWhole,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  power,
  product,
  round,
  subtract,
  sum,
  toBigInt,
  toNumber,
  type Exact,
} from '../../src/compiler/values/exact.js';

/** A fraction in the plainest form: any pair of integers, compared by cross multiplication. */
type Pair = readonly [bigint, bigint];

const border = 2n ** 53n;
const numerators = fc.oneof(
  fc.bigInt({ min: -100n, max: 100n }),
  fc.bigInt({ min: border - 3n, max: border + 3n }),
  fc.bigInt({ min: -border - 3n, max: -border + 3n }),
  fc.bigInt({ min: 2n ** 31n - 2n, max: 2n ** 31n + 2n }),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
);
const pairs: fc.Arbitrary<Pair> = fc.tuple(
  numerators,
  fc.oneof(
    fc.constant(1n),
    numerators.filter((n) => n !== 0n),
  ),
);

const made = ([n, d]: Pair): Exact => exact(n, d);

/** Both say the same number, in the only form it has. */
function expectSame(actual: Exact | undefined, [n, d]: Pair): void {
  expect(actual).toEqual(exact(n, d));
  if (typeof actual === 'number') {
    expect(Number.isSafeInteger(actual)).toBe(true);
    expect(Object.is(actual, -0)).toBe(false);
  }
}

function floorOf([n, d]: Pair): bigint {
  const quotient = n / d;
  return quotient * d !== n && n < 0n !== d < 0n ? quotient - 1n : quotient;
}

const ceilOf = ([n, d]: Pair): bigint => -floorOf([-n, d]);

describe('an exact number', () => {
  it('has one form: a number where it is a safe integer, else a fraction in lowest terms', () => {
    expect(exact(6n, -3n)).toBe(-2);
    expect(exact(0n, -7n)).toBe(0);
    expect(exact(6n, -4n)).toEqual({ kind: 'rational', numerator: -3n, denominator: 2n });
    expect(exact(border - 1n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(exact(border)).toEqual({ kind: 'rational', numerator: border, denominator: 1n });
    expect(exact(-border)).toEqual({ kind: 'rational', numerator: -border, denominator: 1n });
    expect(() => exact(1n, 0n)).toThrow('zero');
  });

  it('adds, subtracts, multiplies and divides as fractions do', () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        const [[m, k], [n, l]] = [a, b];
        expectSame(add(made(a), made(b)), [m * l + n * k, k * l]);
        expectSame(subtract(made(a), made(b)), [m * l - n * k, k * l]);
        expectSame(multiply(made(a), made(b)), [m * n, k * l]);
        expectSame(negate(made(a)), [-m, k]);
        if (n === 0n) expect(divide(made(a), made(b))).toBeUndefined();
        else expectSame(divide(made(a), made(b)), [m * l, k * n]);
      }),
    );
  });

  it('rounds towards the side that is named, also below zero', () => {
    fc.assert(
      fc.property(pairs, (a) => {
        const [n, d] = a;
        expectSame(floor(made(a)), [floorOf(a), 1n]);
        expectSame(ceil(made(a)), [ceilOf(a), 1n]);
        expectSame(round(made(a)), [floorOf([2n * n + d, 2n * d]), 1n]);
        expect(isWhole(made(a))).toBe(n % d === 0n);
      }),
    );
    expect(floor(exact(-1n, 2n))).toBe(-1);
    expect(ceil(exact(-1n, 2n))).toBe(0);
    expect(round(exact(-1n, 2n))).toBe(0);
    expect(round(exact(5n, 2n))).toBe(3);
  });

  it('divides with rest so that the rest has the sign of the divisor', () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        const [[m, k], [n, l]] = [a, b];
        if (n === 0n) {
          expect(modulo(made(a), made(b))).toBeUndefined();
          return;
        }
        const quotient: Pair = [m * l, k * n];
        expectSame(floorDivide(made(a), made(b)), [floorOf(quotient), 1n]);
        expectSame(ceilDivide(made(a), made(b)), [ceilOf(quotient), 1n]);
        expectSame(modulo(made(a), made(b)), [m * l - floorOf(quotient) * n * k, k * l]);
      }),
    );
    expect([floorDivide(-7, 2), ceilDivide(-7, 2), modulo(-7, 2), modulo(7, -2)]).toEqual([-4, -3, 1, -1]);
    expect(floorDivide(Number.MAX_SAFE_INTEGER, 2)).toBe((Number.MAX_SAFE_INTEGER - 1) / 2);
    expect(() => floorDivide(1, 0)).toThrow('zero');
  });

  it('compares by value', () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        const difference = subtract(made(a), made(b));
        const sign = typeof difference === 'number' ? Math.sign(difference) : signOf(difference);
        expect(compare(made(a), made(b))).toBe(sign);
        expect(equals(made(a), made(b))).toBe(sign === 0);
        expect(isAtLeast(made(a), made(b))).toBe(sign >= 0);
        expect(maximum(made(a), made(b))).toEqual(sign >= 0 ? made(a) : made(b));
        expect(minimum(made(a), made(b))).toEqual(sign >= 0 ? made(b) : made(a));
        expect(absolute(difference)).toEqual(sign >= 0 ? difference : negate(difference));
      }),
    );
  });

  it('raises to whole powers, and to fractions where the root comes out even', () => {
    const small = fc.tuple(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt({ min: 1n, max: 50n }));
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 20 }), (a, exponent) => {
        const [n, d] = a;
        const wanted: Pair = [n ** BigInt(exponent), d ** BigInt(exponent)];
        expectSame(power(made(a), exponent), wanted);
        if (n === 0n && exponent > 0) expect(power(made(a), -exponent)).toBeUndefined();
        else expectSame(power(made(a), -exponent), [wanted[1], wanted[0]]);
      }),
    );
    expect(power(0, 0)).toBe(1);
    expect(power(exact(8n, 27n), exact(2n, 3n))).toEqual(exact(4n, 9n));
    expect(power(2, exact(1n, 2n))).toBeUndefined();
    expect(power(-8, exact(1n, 3n))).toBeUndefined();
  });

  it('gives no power that is too large to work with, and says at once that there is none', () => {
    expect(power(10, 1_000_000)).toBeUndefined();
    expect(power(10, exact(10n ** 30n))).toBeUndefined();
    expect(power(2, exact(1n, 10n ** 30n))).toBeUndefined();
    expect(power(-1, exact(10n ** 30n + 1n))).toBe(-1);
    const large = power(2, 16_000);
    expect(large === undefined || isTooLarge(large)).toBe(false);
    expect(large && isTooLarge(multiply(large, large))).toBe(true);
    expect(isTooLarge(exact(1n, 2n ** 16_385n))).toBe(true);
  });

  it('is exact where doubles are off by one', () => {
    expect(multiply(94_906_267, 94_906_267)).toEqual(exact(9_007_199_515_875_289n));
    expect(power(94_906_267, 2)).toEqual(exact(9_007_199_515_875_289n));
    expect(add(Number.MAX_SAFE_INTEGER, 2)).toEqual(exact(border + 1n));
    expect(subtract(exact(border + 1n), 2)).toBe(Number.MAX_SAFE_INTEGER);
    expect(multiply(2 ** 31, 2 ** 31)).toEqual(exact(2n ** 62n));
    expect(add(2 ** 31 - 1, 1)).toBe(2 ** 31);
    expect(floorDivide(2 ** 31, -1)).toBe(-(2 ** 31));
    expect(sum([0.1, 0.2].map(fromDouble))).not.toEqual(fromDouble(0.3));
  });

  it('is never minus zero', () => {
    for (const zero of [multiply(0, -5), negate(0), divide(0, -5), floorDivide(0, -5), ceilDivide(0, -5)]) {
      expect(zero).toBe(0);
    }
    expect([modulo(-4, 2), ceilDivide(-1, 2), fromDouble(-0), absolute(0)]).toEqual([0, 0, 0, 0]);
  });

  it('has no quotient by zero, of zero neither', () => {
    expect([divide(0, 0), divide(1, 0), modulo(0, 0), power(0, -1)]).toEqual(Array(4).fill(undefined));
  });

  it('sums and multiplies lists; of nothing they are 0 and 1', () => {
    expect([sum([]), product([])]).toEqual([0, 1]);
    fc.assert(
      fc.property(fc.array(pairs), (all) => {
        const exacts = all.map(made);
        expect(sum(exacts)).toEqual(exacts.reduce(add, 0));
        expect(product(exacts)).toEqual(exacts.reduce(multiply, 1));
      }),
    );
  });

  it('comes from a double and goes back to the same one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(toNumber(fromDouble(x))).toBe(x + 0);
      }),
    );
    expect(fromDouble(0.375)).toEqual(exact(3n, 8n));
    expect(() => fromDouble(Number.NaN)).toThrow('NaN');
  });

  it('becomes the nearest double', () => {
    fc.assert(
      fc.property(pairs, (a) => {
        const x = toNumber(made(a));
        const away = (other: number): Exact => absolute(subtract(fromDouble(other), made(a)));
        for (const other of [x * (1 + Number.EPSILON), x * (1 - Number.EPSILON)]) {
          expect(isAtLeast(away(other), away(x))).toBe(true);
        }
      }),
    );
    expect([toNumber(exact(1n, 3n)), toNumber(exact(-1n, 255n))]).toEqual([1 / 3, -1 / 255]);
    expect(toNumber(exact(1n, 10n ** 400n))).toBe(0);
    expect(toNumber(exact(10n ** 400n, 3n))).toBe(Infinity);
  });

  it('becomes a bigint where it is an integer', () => {
    expect([toBigInt(-5), toBigInt(exact(border))]).toEqual([-5n, border]);
    expect(() => toBigInt(exact(1n, 2n))).toThrow('no known integer');
  });
});

function signOf(a: Exact): number {
  const text = typeof a === 'object' && a.kind === 'rational' ? a.numerator : 0n;
  return text < 0n ? -1 : 1;
}
