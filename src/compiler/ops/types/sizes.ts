import { compare, isWhole, toText, type Exact } from '../../values/exact.js';
import { isNumber } from '../../values/kinds.js';
import type { Value } from '../../values/value.js';
import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';

/** One size that is written, or `open` where `?` stands. */
export type Size = Exact | 'open';

/** The sizes of a tensor: `28x28x1`, `?x?x3`, `[784]`; a single number is one size. */
export const sizes: ParamType<readonly Size[]> = sizeList(
  'a size such as `224x224x3`, of whole numbers of at least 1 or `?`',
  Number.POSITIVE_INFINITY,
);

/** The sizes of a tensor of which one may be left to follow from the others: `?x512`. */
export const sizesWithRest: ParamType<readonly Size[]> = sizeList(
  'a size such as `7x7x512`, of whole numbers of at least 1, one of which may be `?`',
  1,
);

/** Height and width to be reached: `224`, `[7, 14]`; they may depend on open sizes. */
export const extent: ParamType<readonly [Exact, Exact]> = {
  name: 'height and width',
  expected: 'a whole number of at least 1, or two for height and width',
  words: [],
  parse(value) {
    const items = typeof value === 'object' && value.kind === 'list' ? value.items : [value, value];
    const [height, width] = items;
    if (items.length !== 2 || !isSize(height) || !isSize(width)) return misfits(extent.expected, value);
    return fits([height, width]);
  },
  write: ([height, width]) => (height === width ? toText(height) : `[${toText(height)}, ${toText(width)}]`),
};

function sizeList(expected: string, mostOpen: number): ParamType<readonly Size[]> {
  return {
    name: 'sizes',
    expected,
    words: [],
    parse(value) {
      const items = typeof value === 'object' && value.kind === 'list' ? value.items : [value];
      const found = items.flatMap((item) => readSize(item));
      const open = found.filter((size) => size === 'open').length;
      const areSizes = found.length > 0 && found.length === items.length;
      return areSizes && open <= mostOpen ? fits(found) : misfits(expected, value);
    },
    write: (list) =>
      list.length === 1 ? list.map(writeSize).join('') : `[${list.map(writeSize).join(', ')}]`,
  };
}

function readSize(value: Value): readonly Size[] {
  if (typeof value === 'object' && value.kind === 'open') return ['open'];
  return isSize(value) ? [value] : [];
}

/** How large a size may be is a question of the shape that it stands in. */
function isSize(value: Value | undefined): value is Exact {
  return value !== undefined && isNumber(value) && isWhole(value) === true && compare(value, 1) !== -1;
}

function writeSize(size: Size): string {
  return size === 'open' ? '?' : toText(size);
}
