import { toDigits, type Exact } from '../values/exact.js';

/** True where two numbers or formulas are written alike; sizes that only may be equal are told as different. */
export function isSameSize(one: Exact, other: Exact): boolean {
  return one === other || toDigits(one) === toDigits(other);
}

/** True where two lists of sizes are the same, place by place: shapes, and pairs of rows and columns. */
export function areSameSizes(one: readonly Exact[], other: readonly Exact[]): boolean {
  return (
    one.length === other.length && one.every((size, place) => isSameSize(size, other[place] ?? Number.NaN))
  );
}
