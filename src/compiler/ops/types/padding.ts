import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';
import { readCells, writeCells, type Cells } from './cells.js';

/** How an image is extended before a window slides over it. */
export type Padding =
  { readonly kind: 'same' } | { readonly kind: 'valid' } | ({ readonly kind: 'explicit' } & Cells);

const expected =
  '`same`, `valid`, or cells as a whole number of at least 0, `[rows, columns]` or `[top, bottom, left, right]`';

/** `same`, `valid`, or explicit cells: the three forms are values of one parameter, so that two of them can't meet. */
export const padding: ParamType<Padding> = {
  name: 'padding',
  expected,
  words: ['same', 'valid'],
  parse(value) {
    if (typeof value === 'object' && value.kind === 'word') {
      if (value.text === 'same' || value.text === 'valid') return fits({ kind: value.text });
      return misfits(expected, value);
    }
    const sides = readCells(value);
    return sides === undefined ? misfits(expected, value) : fits({ kind: 'explicit', ...sides });
  },
  write: (value) => (value.kind === 'explicit' ? writeCells(value) : value.kind),
};

/** No padding, the default everywhere. */
export const valid: Padding = { kind: 'valid' };
