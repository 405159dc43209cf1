import { describe, expect, it } from 'vitest';
import { compareValues } from '../../../src/runtime/verify/compare.js';

describe('a comparison of layers', () => {
  it('measures by the largest magnitude of the layer', () => {
    const { layers, departs } = compared({ a: [1, -4] }, { a: [1, -4.5] }, 0.1);
    expect(layers).toEqual([{ path: 'a', difference: 0.5, relative: 0.125 }]);
    expect(departs?.path).toBe('a');
  });

  it('names the first layer beyond the tolerance, and the one that differs most', () => {
    const expected = { a: [1], b: [1], c: [1] };
    const { departs, largest } = compared(expected, { a: [1], b: [1.5], c: [3] }, 0.1);
    expect([departs?.path, largest?.path]).toEqual(['b', 'c']);
  });

  it('leaves aside what the other does not give', () => {
    expect(compared({ a: [1], b: [1] }, { b: [1] }, 0.1).layers.map(({ path }) => path)).toEqual(['b']);
  });

  it.each([
    ['a number where none is expected', [Number.NaN], [1], Infinity],
    ['none where a number is expected', [1], [Number.NaN], Infinity],
    ['the same that is no number', [Number.NaN, Infinity], [Number.NaN, Infinity], 0],
    ['the other infinity', [Infinity], [-Infinity], Infinity],
    ['another length', [1, 2], [1], Infinity],
    ['a difference from nothing but zeros', [0, 0], [0, 0.25], 0.25],
  ])('judges %s', (_, expected, given, relative) => {
    expect(compared({ a: expected }, { a: given }, 0.1).largest?.relative).toBe(relative);
  });
});

type Numbers = Readonly<Record<string, readonly number[]>>;

function compared(expected: Numbers, given: Numbers, tolerance: number) {
  const other = { name: 'other', values: arrays(given) };
  return compareValues(['a', 'b', 'c'], arrays(expected), other, tolerance);
}

function arrays(numbers: Numbers): ReadonlyMap<string, Float32Array> {
  return new Map(Object.entries(numbers).map(([path, values]) => [path, Float32Array.from(values)]));
}
