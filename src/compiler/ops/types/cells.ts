import type { Value } from '../../values/value.js';
import { maximumDimension } from '../limits.js';
import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';

/** Counts of cells at the four sides of an image. */
export interface Cells {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const expected = 'a whole number of at least 0, `[rows, columns]` or `[top, bottom, left, right]`';

/** Cells at the sides: `1`, `[rows, columns]` or `[top, bottom, left, right]`. */
export const cells: ParamType<Cells> = {
  name: 'cells',
  expected,
  words: [],
  parse(value) {
    const sides = readCells(value);
    return sides === undefined ? misfits(expected, value) : fits(sides);
  },
  write: writeCells,
};

/** The cells that a value means, if it means any. */
export function readCells(value: Value): Cells | undefined {
  const counts = typeof value === 'object' && value.kind === 'list' ? value.items : [value];
  if (!counts.every((count) => isCount(count))) return undefined;
  const [first = 0, second = first, third, fourth] = counts;
  switch (counts.length) {
    case 1:
    case 2:
      return { top: first, bottom: first, left: second, right: second };
    case 4:
      return { top: first, bottom: second, left: third ?? 0, right: fourth ?? 0 };
    default:
      return undefined;
  }
}

/** Cells in the shortest form of the language. */
export function writeCells({ top, bottom, left, right }: Cells): string {
  if (top !== bottom || left !== right) return `[${[top, bottom, left, right].join(', ')}]`;
  return top === left ? String(top) : `[${String(top)}, ${String(left)}]`;
}

function isCount(value: Value): value is number {
  return typeof value === 'number' && value >= 0 && value <= maximumDimension;
}
