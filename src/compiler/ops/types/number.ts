import { toNumber } from '../../values/exact.js';
import { isNumber } from '../../values/kinds.js';
import type { ParamType } from '../params.js';
import { boundsText, fits, isWithin, misfits, type Bounds } from './bounds.js';

/** A number within bounds, kept as the nearest double: rates, factors, epsilons. */
export function number(bounds: Bounds = {}): ParamType<number> {
  const expected = `a number${boundsText(bounds)}`;
  return {
    name: 'number',
    expected,
    words: [],
    parse(value) {
      if (!isNumber(value) || !isWithin(value, bounds)) return misfits(expected, value);
      const double = toNumber(value);
      // A number beyond the range of doubles would become infinite, one that is open would become NaN.
      return Number.isFinite(double) ? fits(double) : misfits(expected, value);
    },
    write: String,
  };
}
