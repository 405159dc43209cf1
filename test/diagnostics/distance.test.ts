import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceFrom } from '../../src/diagnostics/distance.js';

/** The definition, without a bound: each step either keeps, changes, takes, gives or swaps the last letters. */
function distance(one: string, other: string): number {
  const known = new Map<string, number>();
  const between = (end: number, otherEnd: number): number => {
    if (end === 0 || otherEnd === 0) return end + otherEnd;
    const key = `${String(end)} ${String(otherEnd)}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const isSame = one[end - 1] === other[otherEnd - 1];
    const isSwap =
      end > 1 && otherEnd > 1 && one[end - 1] === other[otherEnd - 2] && one[end - 2] === other[otherEnd - 1];
    const least = Math.min(
      between(end - 1, otherEnd - 1) + (isSame ? 0 : 1),
      between(end, otherEnd - 1) + 1,
      between(end - 1, otherEnd) + 1,
      isSwap ? between(end - 2, otherEnd - 2) + 1 : Number.POSITIVE_INFINITY,
    );
    known.set(key, least);
    return least;
  };
  return between(one.length, other.length);
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });

describe('the distance of two texts', () => {
  it.each([
    ['conv', 'conv', 0],
    ['conv', 'cnov', 1],
    ['', 'gap', 3],
    ['dense', 'desne', 1],
    ['abc', 'ca', 3],
  ])('%j and %j is that of Damerau', (one, other, expected) => {
    expect(distanceFrom(one)(other, 10)).toBe(expected);
  });

  it('is the definition’s up to the bound, and nothing beyond it', () => {
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), fc.nat(13), (one, others, bound) => {
        // One measure for all, so that what a text leaves in the table must not disturb the next.
        const distanceTo = distanceFrom(one);
        for (const other of others) {
          const exact = distance(one, other);
          expect(distanceTo(other, bound)).toBe(exact > bound ? undefined : exact);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
