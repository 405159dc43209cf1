import { compare, negate, subtract, type Exact } from '../values/exact.js';
import { complain, isComplaint, type Complaint } from './complaint.js';
import { defineOp } from './op.js';
import { required } from './params.js';
import { cropTooLarge } from './problems/regions.js';
import { imageOf, only } from './sizes.js';
import { cells } from './types/cells.js';
import { shifted } from './window.js';

/** Cells taken away around an image. */
export const crop = defineOp({
  category: 'shape',
  doc: {
    summary:
      'Takes cells away around the image: one number at all sides, `[rows, columns]`, or `[top, bottom, left, right]`.',
    formula: 'y[i, j, c] = x[i + top, j + left, c]',
    keras: 'Cropping2D(((top, bottom), (left, right)))',
    pytorch: 'x[:, :, top:-bottom, left:-right]',
    cost: 'nothing',
    source: 'definition of the language',
    example: { line: 'crop 2', input: [32, 32, 16] },
  },
  params: { cells: required(cells, 'how many cells are taken away at each side') },
  positional: ['cells'],
  inferShape({ cells: { top, bottom, left, right } }, inputs) {
    const image = imageOf('crop', only(inputs));
    if (isComplaint(image)) return image;
    const tooMuch = taken(top + bottom, image.height, 'rows') ?? taken(left + right, image.width, 'columns');
    return (
      tooMuch ?? [subtract(image.height, top + bottom), subtract(image.width, left + right), image.channels]
    );
  },
  window: ({ cells: { top, left } }) => shifted(negate(top), negate(left)),
});

function taken(count: number, size: Exact, along: 'rows' | 'columns'): Complaint | undefined {
  const order = compare(size, count);
  if (order === 1 || order === undefined) return undefined;
  return complain(cropTooLarge, { cells: count, along, size }, { parameter: 'cells' });
}
