import type { Value } from '../../values/value.js';
import { maximumDimension } from '../limits.js';
import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';

/** Rows and columns, in this order. */
export type Pair = readonly [number, number];

/** The size of a window: `3`, `3x3`, `[1, 7]`. */
export const window: ParamType<Pair> = pair(
  'window',
  1,
  'a window such as `3` or `3x3`, of whole numbers of at least 1',
);

/** A step in rows and columns: `2`, `[2, 1]`. */
export const step: ParamType<Pair> = pair(
  'step',
  1,
  'a whole number of at least 1, or two for rows and columns',
);

/** A count of cells in rows and columns that may be none: `1`, `[1, 0]`. */
export const cellPair: ParamType<Pair> = pair(
  'cells',
  0,
  'a whole number of at least 0, or two for rows and columns',
);

/** A pair in the language: `3` where both are the same, else `[1, 7]`. */
export function writePair([rows, columns]: Pair): string {
  return rows === columns ? String(rows) : `[${String(rows)}, ${String(columns)}]`;
}

function pair(name: string, atLeast: number, expected: string): ParamType<Pair> {
  const isSize = (value: Value | undefined): value is number =>
    typeof value === 'number' && value >= atLeast && value <= maximumDimension;
  return {
    name,
    expected,
    words: [],
    parse(value) {
      if (isSize(value)) return fits([value, value]);
      if (typeof value !== 'object' || value.kind !== 'list') return misfits(expected, value);
      const [rows, columns] = value.items;
      if (value.items.length !== 2 || !isSize(rows) || !isSize(columns)) return misfits(expected, value);
      return fits([rows, columns]);
    },
    write: writePair,
  };
}
