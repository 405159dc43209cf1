import { compare } from '../values/exact.js';
import { complain, type Complaint } from './complaint.js';
import { dimensionTooLarge, emptyOutput, rankTooHigh } from './problems/shapes.js';
import type { Shape } from './shape.js';

/** The most sizes that a tensor may have, batch aside. */
export const maximumRank = 8;

/** The largest size of one dimension, which is what 32 bits with a sign can count. */
export const maximumDimension = 2 ** 31 - 1;

/** Hands a shape on if every tensor library can hold it, else complains. Sizes that are open pass. */
export function withinLimits(shape: Shape): Shape | Complaint {
  if (shape.length > maximumRank) return complain(rankTooHigh, { rank: shape.length, limit: maximumRank });
  for (const size of shape) {
    if (typeof size === 'number' && size >= 1 && size <= maximumDimension) continue;
    if (compare(size, 1) === -1) return complain(emptyOutput, { shape });
    if (compare(size, maximumDimension) === 1)
      return complain(dimensionTooLarge, { shape, size, limit: maximumDimension });
  }
  return shape;
}
