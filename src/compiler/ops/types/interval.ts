import { compare, isWhole, toText, type Exact } from '../../values/exact.js';
import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';

/** The places from `from` up to, but without, `to`. */
export interface Interval {
  readonly from: Exact;
  readonly to: Exact;
}

const expected = 'a range of whole numbers such as `0..58`, from at least 0 and not empty';

/** A range that is not empty; the end is excluded. */
export const interval: ParamType<Interval> = {
  name: 'range',
  expected,
  words: [],
  parse(value) {
    if (typeof value !== 'object' || value.kind !== 'range') return misfits(expected, value);
    const { from, to } = value;
    if (isWhole(from) !== true || compare(from, 0) === -1) return misfits(expected, from);
    if (isWhole(to) !== true || isEmpty(from, to)) return misfits(expected, to);
    return fits({ from, to });
  },
  write: ({ from, to }) => `${toText(from)}..${toText(to)}`,
};

function isEmpty(from: Exact, to: Exact): boolean {
  const order = compare(from, to);
  return order === 0 || order === 1;
}
