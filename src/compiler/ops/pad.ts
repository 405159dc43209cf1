import { add } from '../values/exact.js';
import { isComplaint } from './complaint.js';
import { defineOp } from './op.js';
import { optional, required } from './params.js';
import { imageOf, only } from './sizes.js';
import { cells } from './types/cells.js';
import { number } from './types/number.js';
import { shifted } from './window.js';

/** Cells added around an image. */
export const pad = defineOp({
  category: 'shape',
  doc: {
    summary:
      'Adds cells around the image: one number at all sides, `[rows, columns]`, or `[top, bottom, left, right]`.',
    formula: 'y[i, j, c] = x[i - top, j - left, c] inside, value outside',
    keras: 'ZeroPadding2D(((top, bottom), (left, right)))',
    pytorch: 'ConstantPad2d((left, right, top, bottom), value)',
    cost: 'nothing',
    source: 'definition of the language',
    example: { line: 'pad [0, 1, 0, 1]', input: [112, 112, 32] },
  },
  params: {
    cells: required(cells, 'how many cells are added at each side'),
    value: optional(number(), 0, 'what they hold'),
  },
  positional: ['cells'],
  inferShape({ cells: { top, bottom, left, right } }, inputs) {
    const image = imageOf('pad', only(inputs));
    if (isComplaint(image)) return image;
    return [add(image.height, add(top, bottom)), add(image.width, add(left, right)), image.channels];
  },
  memory: ({ cells: { top, bottom, left, right } }) => (top + bottom + left + right === 0 ? 'view' : 'own'),
  window: ({ cells: { top, left } }) => shifted(top, left),
});
