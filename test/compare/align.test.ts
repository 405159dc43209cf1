import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align } from '../../src/compiler/compare/align.js';
import type { Pair } from '../../src/compiler/compare/pair.js';
import { shortestEdit } from '../../src/compiler/compare/shortest-edit.js';

const keys = fc.array(fc.nat(5), { maxLength: 30 });

function isCommonSequence(
  before: readonly number[],
  after: readonly number[],
  pairs: readonly Pair[],
): boolean {
  return pairs.every(([one, other], place) => {
    const [last, lastOther] = pairs[place - 1] ?? [-1, -1];
    return before[one] === after[other] && one > last && other > lastOther;
  });
}

/** The length of the longest common sequence, by the table of all beginnings. */
function longestCommon(before: readonly number[], after: readonly number[]): number {
  let row = new Array<number>(after.length + 1).fill(0);
  for (const one of before) {
    const next = [0];
    after.forEach((other, place) => {
      const grown = one === other ? (row[place] ?? 0) + 1 : 0;
      next.push(Math.max(grown, row[place + 1] ?? 0, next[place] ?? 0));
    });
    row = next;
  }
  return row[after.length] ?? 0;
}

describe('the shortest edit', () => {
  it('keeps as much as two lists have in common', () => {
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const kept = shortestEdit(before, after);
        expect(isCommonSequence(before, after, kept)).toBe(true);
        expect(kept.length).toBe(longestCommon(before, after));
      }),
    );
  });

  it('begins anew where two lists differ in more than it searches for', () => {
    const before = Array.from({ length: 2000 }, (_, place) => (place * 7919) % 3);
    const after = Array.from({ length: 2000 }, (_, place) => (place * 104_729 + (place >> 3)) % 3);
    const kept = shortestEdit(before, after);
    expect(isCommonSequence(before, after, kept)).toBe(true);
    expect(kept.length).toBeGreaterThan(800);
  });
});

describe('the alignment of two lists', () => {
  it('finds common items in one order, and all of a list in itself', () => {
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        expect(isCommonSequence(before, after, align(before, after))).toBe(true);
        expect(align(before, before)).toEqual(before.map((_, place) => [place, place]));
      }),
    );
  });

  it('finds everything around what was put in', () => {
    fc.assert(
      fc.property(keys, keys, keys, (first, middle, last) => {
        const found = align([...first, ...last], [...first, ...middle, ...last]);
        expect(found).toHaveLength(first.length + last.length);
      }),
    );
  });

  it('is done with two long lists in opposite orders', () => {
    const length = 200_000;
    const before = Array.from({ length }, (_, place) => place);
    const after = Array.from({ length }, (_, place) => length - place);
    expect(align(before, after).length).toBeGreaterThan(0);
  });
});
