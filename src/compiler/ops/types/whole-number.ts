import { maximumDimension } from '../limits.js';
import type { ParamType } from '../params.js';
import { boundsText, fits, misfits } from './bounds.js';

/** A whole number within bounds; without an upper one it may be as large as a dimension. */
export function wholeNumber(bounds: {
  readonly atLeast: number;
  readonly atMost?: number;
}): ParamType<number> {
  const { atLeast, atMost = maximumDimension } = bounds;
  const expected = `a whole number${boundsText(bounds)}`;
  return {
    name: 'whole number',
    expected,
    words: [],
    parse: (value) =>
      typeof value === 'number' && value >= atLeast && value <= atMost
        ? fits(value)
        : misfits(expected, value),
    write: String,
  };
}

/** An odd whole number of at least 1: a size that has a middle. */
export const oddNumber: ParamType<number> = {
  name: 'odd number',
  expected: 'an odd whole number of at least 1',
  words: [],
  parse: (value) =>
    typeof value === 'number' && value >= 1 && value <= maximumDimension && value % 2 === 1
      ? fits(value)
      : misfits(oddNumber.expected, value),
  write: String,
};
