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
  isAtLeast,
  isOpen,
  isTooLarge,
  isWhole,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  openSizes,
  power,
  product,
  subtract,
  sum,
  toBigInt,
  toNumber,
  toText,
  type Exact,
} from '../../src/compiler/values/exact.js';
import { openSize, substitute } from '../../src/compiler/values/formula.js';
import { compute, type Steps } from '../../src/compiler/values/steps.js';

const h = openSize('h');
const w = openSize('w');

/** Arithmetic that was not done yet, so that it can be done on formulas and on numbers. */
type Plan =
  | { readonly kind: 'size'; readonly name: 'h' | 'w' }
  | { readonly kind: 'number'; readonly value: Exact }
  | { readonly kind: 'both'; readonly operation: Operation; readonly left: Plan; readonly right: Plan };

const operations = {
  add,
  subtract,
  multiply,
  minimum,
  maximum,
  floorOfSum: (a: Exact, b: Exact) => floor(add(a, b)),
  ceilOfHalf: (a: Exact, b: Exact) => ceilDivide(add(a, b), 2),
  floorOfThird: (a: Exact, b: Exact) => floorDivide(subtract(a, b), 3),
  moduloFour: (a: Exact, b: Exact) => modulo(add(a, b), 4),
  quotient: (a: Exact, b: Exact) => divide(a, add(absolute(b), 1)),
};
type Operation = keyof typeof operations;
const operationNames: readonly Operation[] = [
  'add',
  'subtract',
  'multiply',
  'minimum',
  'maximum',
  'floorOfSum',
  'ceilOfHalf',
  'floorOfThird',
  'moduloFour',
  'quotient',
];

const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Plan>({ kind: 'size', name: 'h' }, { kind: 'size', name: 'w' }),
    fc.record({
      kind: fc.constant('number' as const),
      value: fc
        .tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(1n, 1n, 1n, 2n, 3n))
        .map(([n, d]) => exact(BigInt(n), d)),
    }),
    fc.record({
      kind: fc.constant('both' as const),
      operation: fc.constantFrom(...operationNames),
      left: tie('plan'),
      right: tie('plan'),
    }),
  ),
}));
const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2000 }));

/** Undefined where a divisor isn't known to be other than zero. */
function carryOut(what: Plan, sizes: Readonly<Record<'h' | 'w', Exact>>): Exact | undefined {
  switch (what.kind) {
    case 'size':
      return sizes[what.name];
    case 'number':
      return what.value;
    case 'both': {
      const [left, right] = [carryOut(what.left, sizes), carryOut(what.right, sizes)];
      if (left === undefined || right === undefined) return undefined;
      return operations[what.operation](left, right);
    }
  }
}

/** The plan as a formula; the run is skipped where there is none of a useful size. */
function formulaOf(what: Plan): Exact {
  const formula = carryOut(what, { h, w });
  fc.pre(formula !== undefined && !isTooLarge(formula));
  return formula;
}

/** Steps upon numbers of any length. */
function stepsWith(sizes: ReadonlyMap<string, number>): Steps<bigint> {
  return {
    number(value) {
      fc.pre(Number.isSafeInteger(value));
      return BigInt(value);
    },
    size: (name) => BigInt(sizes.get(name) ?? 0),
    add: (a, b) => a + b,
    multiply: (a, b) => a * b,
    floorDivide: (a, b) => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n),
    maximum: (a, b) => (a > b ? a : b),
    minimum: (a, b) => (a < b ? a : b),
  };
}

describe('a formula', () => {
  it('is computed in steps of whole numbers as it is with its sizes written', () => {
    fc.assert(
      fc.property(plan, size, size, (what, height, width) => {
        const formula = floor(formulaOf(what));
        const sizes = new Map([
          ['h', height],
          ['w', width],
        ]);
        expect(compute(formula, stepsWith(sizes))).toBe(toBigInt(substitute(formula, sizes)));
      }),
    );
  });

  it('has the value that plain arithmetic gives, whatever the sizes', () => {
    fc.assert(
      fc.property(plan, size, size, (what, height, width) => {
        const formula = formulaOf(what);
        const sizes = new Map([
          ['h', height],
          ['w', width],
        ]);
        expect(substitute(formula, sizes)).toEqual(carryOut(what, { h: height, w: width }));
      }),
      { numRuns: 2000 },
    );
  });

  it('claims about order, equality and wholeness only what holds at all sizes', () => {
    fc.assert(
      fc.property(
        plan,
        plan,
        fc.array(fc.tuple(size, size), { minLength: 5, maxLength: 5 }),
        (one, other, sizes) => {
          const [a, b] = [formulaOf(one), formulaOf(other)];
          const claims = [compare(a, b), equals(a, b), isAtLeast(a, b), isWhole(a)];
          for (const [height, width] of [[1, 1] as const, ...sizes]) {
            const [x, y] = [carryOut(one, { h: height, w: width }), carryOut(other, { h: height, w: width })];
            if (x === undefined || y === undefined) throw new Error('a divisor that is never zero is zero');
            const truths = [compare(x, y), equals(x, y), isAtLeast(x, y), isWhole(x)];
            claims.forEach((claim, place) => {
              if (claim !== undefined) expect(claim).toBe(truths[place]);
            });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps its value when some of its sizes become known, or become formulas', () => {
    fc.assert(
      fc.property(plan, size, size, (what, height, width) => {
        const formula = formulaOf(what);
        const half = substitute(formula, new Map([['h', multiply(w, 2)]]));
        expect(substitute(half, new Map([['w', width]]))).toEqual(carryOut(what, { h: 2 * width, w: width }));
        const first = substitute(formula, new Map([['h', height]]));
        expect(openSizes(first)).not.toContain('h');
        expect(substitute(first, new Map([['w', width]]))).toEqual(carryOut(what, { h: height, w: width }));
      }),
    );
  });

  it('is the same however it was reached', () => {
    fc.assert(
      fc.property(plan, plan, plan, (one, other, third) => {
        const [a, b, c] = [formulaOf(one), formulaOf(other), formulaOf(third)];
        expect(add(a, b)).toEqual(add(b, a));
        expect(multiply(a, b)).toEqual(multiply(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(a, a)).toBe(0);
        expect(negate(negate(a))).toEqual(a);
        expect(ceil(a)).toEqual(negate(floor(negate(a))));
      }),
    );
  });

  it('merges nested rounding: k is taken in, and one division left', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20, max: 20 }),
        fc.integer({ min: -20, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (j, k, m, n) => {
          const inner = add(h, j);
          const merged = add(inner, k * m);
          expect(floorDivide(add(floorDivide(inner, m), k), n)).toEqual(floorDivide(merged, m * n));
          expect(ceilDivide(add(ceilDivide(inner, m), k), n)).toEqual(ceilDivide(merged, m * n));
          expect(ceilDivide(inner, m)).toEqual(floorDivide(add(inner, m - 1), m));
          expect(floorDivide(add(inner, k * m), m)).toEqual(add(floorDivide(inner, m), k));
        },
      ),
    );
  });

  it('sees that a padded kernel and `same` give one size', () => {
    const explicit = add(floorDivide(add(h, 2 - 3), 2), 1);
    expect(explicit).toEqual(ceilDivide(h, 2));
    expect(add(floorDivide(add(h, 6 - 7), 2), 1)).toEqual(ceilDivide(h, 2));
    expect(add(floorDivide(subtract(h, 1), 2), 1)).toEqual(ceilDivide(h, 2));
  });

  it('needs no floor where it is whole: open sizes are integers', () => {
    const triangle = divide(multiply(h, add(h, 1)), 2) ?? 0;
    expect(isWhole(triangle)).toBe(true);
    expect(floor(triangle)).toEqual(triangle);
    expect(floor(add(h, exact(1n, 2n)))).toEqual(h);
    expect(isWhole(add(h, exact(1n, 2n)))).toBe(false);
    expect(isWhole(divide(h, 2) ?? 0)).toBeUndefined();
    expect(isWhole(divide(h, w) ?? 0)).toBeUndefined();
  });

  it('is decided where the bounds suffice: sizes are at least 1', () => {
    expect(compare(add(h, 1), h)).toBe(1);
    expect(compare(h, 0)).toBe(1);
    expect(compare(h, 1)).toBeUndefined();
    expect([isAtLeast(h, 1), isAtLeast(h, 2), isAtLeast(0, h)]).toEqual([true, undefined, false]);
    expect([isAtLeast(h, ceilDivide(h, 2)), isAtLeast(ceilDivide(h, 2), floorDivide(h, 2))]).toEqual([
      true,
      true,
    ]);
    expect(equals(add(ceilDivide(h, 2), floorDivide(h, 2)), h)).toBe(true);
    expect(compare(modulo(h, 32) ?? 0, 32)).toBe(-1);
    expect(isAtLeast(modulo(h, 32) ?? 0, 0)).toBe(true);
    expect(equals(h, add(h, 1))).toBe(false);
    expect(equals(multiply(h, 2), exact(1n, 2n))).toBe(false);
    expect(equals(h, w)).toBeUndefined();
    expect(equals(ceilDivide(h, 2), 112)).toBeUndefined();
    expect(compare(product([ceilDivide(h, 2), ceilDivide(w, 2), 64]), 63)).toBe(1);
  });

  it('drops from a maximum what another item is never below', () => {
    expect([maximum(h, 1), maximum(add(h, 2), h), minimum(h, 1)]).toEqual([h, add(h, 2), 1]);
    expect(maximum(maximum(h, 3), w)).toEqual(maximum(w, maximum(3, h)));
    expect(maximum(maximum(h, 3), add(h, w))).toEqual(maximum(3, add(h, w)));
    expect(maximum(h, 3)).not.toEqual(minimum(h, 3));
  });

  it('cancels in quotients, and has none by what may be zero', () => {
    expect(divide(multiply(h, w), h)).toEqual(w);
    expect(divide(multiply(add(h, 1), 6), multiply(add(h, 1), 4))).toEqual(exact(3n, 2n));
    expect(multiply(divide(w, h) ?? 0, h)).toEqual(w);
    expect([divide(h, 0), divide(h, subtract(h, 1)), modulo(h, subtract(h, w))]).toEqual(
      Array(3).fill(undefined),
    );
    expect(divide(1, add(h, exact(1n, 2n)))).toBeDefined();
    expect(power(h, -2)).toEqual(divide(1, multiply(h, h)));
    expect(power(subtract(h, 1), -1)).toBeUndefined();
  });

  it('names the sizes that it waits for, also those deep inside', () => {
    const deep = maximum(floorDivide(openSize('depth.h'), w), 3);
    expect(openSizes(add(deep, h))).toEqual(['depth.h', 'h', 'w']);
    expect(openSizes(7)).toEqual([]);
    expect([isOpen(h), isOpen(7), isOpen(exact(1n, 2n))]).toEqual([true, false, false]);
    expect(toNumber(h)).toBeNaN();
    expect(() => toBigInt(h)).toThrow('no known integer');
  });

  it('takes any name for a size', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(substitute(add(openSize(name), 1), new Map([[name, 4]]))).toBe(5);
    }
  });

  it('sums a hundred thousand terms in linear time', () => {
    const items = Array.from({ length: 100_000 }, (_, k) => add(multiply(h, k), ceilDivide(w, 1 + (k % 7))));
    expect(
      substitute(
        sum(items),
        new Map([
          ['h', 2],
          ['w', 1],
        ]),
      ),
    ).toBe(100_000 * 99_999 + 100_000);
  });

  it('says when it has grown beyond use, and gives no power that would', () => {
    const wide = sum(Array.from({ length: 30 }, (_, k) => openSize(`s${String(k)}`)));
    expect(isTooLarge(wide)).toBe(false);
    expect(isTooLarge(multiply(wide, wide))).toBe(true);
    expect(power(wide, 20)).toBeUndefined();
    expect(power(h, 1_000_000)).toBeUndefined();
    expect(toText(power(h, 3) ?? 0)).toBe('h³');
  });
});
