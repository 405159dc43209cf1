import { defineProblem } from '../../../diagnostics/problem.js';
import { compare, subtract, toGrouped, toText, type Exact } from '../../values/exact.js';
import { shapeText, type Shape } from '../shape.js';

/** A crop that leaves no row or column. */
export const cropTooLarge = defineProblem<{ cells: number; along: 'rows' | 'columns'; size: Exact }>({
  code: 'crop-too-large',
  severity: 'error',
  explain: {
    text: '`crop` takes cells away at the sides: a number at all four, `[rows, columns]`, or `[top, bottom, left, right]`. At least one row and one column must be left.',
    wrong: 'model Middle {\n  input 8x8x3\n  crop 4\n}\n',
    right: 'model Middle {\n  input 8x8x3\n  crop 2\n}\n',
  },
  message: ({ cells, along, size }) =>
    `\`crop\` takes away ${String(cells)} of ${counted(size, along)}, so none is left`,
  help: ({ along, size }) =>
    size === 1
      ? undefined
      : `\`crop\` takes cells away at both sides; at most ${counted(subtract(size, 1), along)} in all`,
});

/** A slice that goes beyond the end. */
export const sliceOutOfRange = defineProblem<{ from: Exact; to: Exact; size: Exact; axis: string | number }>({
  code: 'slice-out-of-range',
  severity: 'error',
  explain: {
    text: '`slice` keeps the places of a range, counted from 0, the end excluded: `slice channels 0..58` keeps 58 channels. The end can be at most the size.',
    wrong: 'model Part {\n  input 8x8x3\n  slice channels 1..4\n}\n',
    right: 'model Part {\n  input 8x8x3\n  slice channels 1..3\n}\n',
  },
  message: ({ from, to, size, axis }) =>
    `${toText(from)}..${toText(to)} goes beyond the ${toText(size)} ${placesAlong(axis)} that there are`,
  help: ({ from, size, axis }) =>
    compare(from, size) === -1
      ? `the last range that starts there is ${toText(from)}..${toText(size)}`
      : `the last ${placeAlong(axis)} is ${toText(subtract(size, 1))}`,
});

/** Sizes that hold another number of values. */
export const reshapeCount = defineProblem<{
  input: Shape;
  count: Exact;
  target: string;
  targetCount: Exact;
  hasRest: boolean;
}>({
  code: 'reshape-count',
  severity: 'error',
  explain: {
    text: '`reshape` sees the same values with other sizes, so both must hold equally many. One size may be `?`; it follows from the others.',
    wrong: 'model Folded {\n  input 28x28x1\n  reshape 7x7x15\n}\n',
    right: 'model Folded {\n  input 28x28x1\n  reshape 7x7x?\n}\n',
  },
  message: ({ input, count, target, targetCount, hasRest }) => {
    const wanted = hasRest
      ? `and ${target} takes a multiple of ${toGrouped(targetCount)}`
      : `but ${target} holds ${toGrouped(targetCount)}`;
    return `${shapeText(input)} holds ${toGrouped(count)} values, ${wanted}`;
  },
  help: ({ hasRest }) => (hasRest ? undefined : 'write `?` for one size and it follows from the others'),
});

/** An order of dimensions that leaves one out or names one twice. */
export const notAPermutation = defineProblem<{ order: readonly number[]; shape: Shape }>({
  code: 'not-a-permutation',
  severity: 'error',
  explain: {
    text: '`permute [2, 0, 1]` names every dimension of its input once, counted from 0, in the order in which they shall lie.',
    wrong: 'model Turned {\n  input 28x28x3\n  permute [1, 2, 3]\n}\n',
    right: 'model Turned {\n  input 28x28x3\n  permute [2, 0, 1]\n}\n',
  },
  message: ({ order, shape }) =>
    `[${order.join(', ')}] is no order of the ${String(shape.length)} dimensions of ${shapeText(shape)}`,
  help: ({ shape }) => `name each of ${shape.map((_, place) => String(place)).join(', ')} once`,
});

/** Constants for another number of channels. */
export const constantsCount = defineProblem<{ parameter: string; count: number; channels: Exact }>({
  code: 'constants-count',
  severity: 'error',
  explain: {
    text: '`normalize` takes one constant for all channels, or one for each.',
    wrong: 'model Grey {\n  input 28x28x1\n  normalize mean=[0.485, 0.456, 0.406] std=0.229\n}\n',
    right: 'model Grey {\n  input 28x28x1\n  normalize mean=0.449 std=0.226\n}\n',
  },
  message: ({ parameter, count, channels }) =>
    `\`${parameter}\` has ${String(count)} values, but ${toText(channels)} ${channels === 1 ? 'channel arrives' : 'channels arrive'}`,
  help: ({ parameter }) => `give \`${parameter}\` one number, or one for each channel`,
});

/** `1 row`, `8 rows`. */
function counted(size: Exact, along: 'rows' | 'columns'): string {
  return `${toText(size)} ${size === 1 ? along.slice(0, -1) : along}`;
}

function placesAlong(axis: string | number): string {
  return axis === 'channels' || axis === 'height' || axis === 'width'
    ? `${placeAlong(axis)}s`
    : `places of dimension ${String(axis)}`;
}

function placeAlong(axis: string | number): string {
  switch (axis) {
    case 'height':
      return 'row';
    case 'width':
      return 'column';
    case 'channels':
      return 'channel';
    default:
      return `place of dimension ${String(axis)}`;
  }
}
