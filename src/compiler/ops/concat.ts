import { equals, sum } from '../values/exact.js';
import { undecided } from './broadcast.js';
import { complain, type Complaint } from './complaint.js';
import { defineOp } from './op.js';
import { optional } from './params.js';
import { concatMismatch } from './problems/joins.js';
import { noSuchAxis } from './problems/shapes.js';
import type { Shape } from './shape.js';
import { axis, placeOf, type Axis } from './types/axis.js';

/** Several tensors side by side. */
export const concat = defineOp({
  category: 'join',
  doc: {
    summary:
      'Lays its branches side by side along the channels, or along another dimension, in the order in which they are written.',
    formula: 'y[…, c] = x1[…, c] for the channels of x1, then x2[…, c - channels of x1], and so on',
    keras: 'Concatenate(axis=-1)',
    pytorch: 'torch.cat((x1, x2), dim=1)',
    cost: 'nothing',
    source: 'Szegedy et al. 2014 (Going deeper with convolutions), §4',
    example: { line: 'concat { | identity | conv 32 3x3 same }', input: [28, 28, 64] },
  },
  arity: { min: 2 },
  params: { axis: optional(axis, 'channels', 'the dimension along which they lie side by side') },
  inferShape({ axis: wanted }, inputs) {
    const [first = []] = inputs;
    const place = placeOf(wanted, first);
    if (place === undefined)
      return complain(noSuchAxis, { layer: 'concat', axis: wanted, shape: first }, { parameter: 'axis' });
    const agreements = inputs.map((shape) => agreesBeside(first, shape, place));
    if (agreements.includes(false)) return mismatch(wanted, inputs);
    if (agreements.includes(undefined)) return undecided('concat', inputs);
    const total = sum(inputs.flatMap((shape) => shape.slice(place, place + 1)));
    return first.map((size, at) => (at === place ? total : size));
  },
});

/** Whether two shapes agree in all sizes but one; `undefined` where open sizes decide it. */
function agreesBeside(one: Shape, other: Shape, place: number): boolean | undefined {
  if (one.length !== other.length) return false;
  const answers = one.map((size, at) => {
    const beside = other[at];
    return at === place || (beside !== undefined && equals(size, beside));
  });
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function mismatch(wanted: Axis, shapes: readonly Shape[]): Complaint {
  const along = typeof wanted === 'number' ? `dimension ${String(wanted)}` : wanted;
  const areImages = shapes.every((shape) => shape.length === 3);
  const repair =
    areImages && along === 'channels'
      ? 'write `same` in the layers of the branches, and one stride in all of them'
      : undefined;
  return complain(concatMismatch, { shapes, along, repair });
}
