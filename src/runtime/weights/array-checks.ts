import { showText } from './weight-file.js';
import type { Weights } from './weights.js';

/** No array has more dimensions. */
const maximumRank = 8;
const maximumSize = 2 ** 31 - 1;

/** What is wrong with a shape whose values must fill these bytes; behind the array's name. */
export function complaintOfShape(
  shape: readonly number[],
  bytesPerValue: number,
  bytes: number,
): string | undefined {
  if (shape.length > maximumRank)
    return `has ${String(shape.length)} sizes, more than ${String(maximumRank)}`;
  const large = shape.find((size) => size > maximumSize);
  if (large !== undefined) return `has a size of ${String(large)}, more than ${String(maximumSize)}`;
  const needed = bytesOfShape(shape, bytesPerValue);
  if (needed === BigInt(bytes)) return undefined;
  return `of ${showText(shape.join('×'))} takes ${String(needed)} bytes, but ${String(bytes)} are given`;
}

/** As a whole number of any size: a product of sizes that wraps around could agree by chance. */
export function bytesOfShape(shape: readonly number[], bytesPerValue: number): bigint {
  return shape.reduce((product, size) => product * BigInt(size), BigInt(bytesPerValue));
}

/** Where the first value stands that is no number or has no end: one alone makes everything that is read wrong. */
export function findNonFinite(weights: Weights): string | undefined {
  for (const [name, { shape, values }] of weights) {
    const place = values.findIndex((value) => !Number.isFinite(value));
    if (place < 0) continue;
    const where = shape.length === 0 ? '' : ` at [${indexOf(place, shape).join(', ')}]`;
    return `${showText(name)} has the value ${String(values[place])}${where}`;
  }
  return undefined;
}

/** The index of a value in its array, one number a size. */
function indexOf(place: number, shape: readonly number[]): readonly number[] {
  let rest = place;
  const index: number[] = [];
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}
