import { compare, negate, subtract } from '../values/exact.js';
import { complain } from './complaint.js';
import { defineOp } from './op.js';
import { required } from './params.js';
import { noSuchAxis } from './problems/shapes.js';
import { sliceOutOfRange } from './problems/regions.js';
import { only } from './sizes.js';
import { axis, placeOf } from './types/axis.js';
import { interval } from './types/interval.js';
import { shifted } from './window.js';

/** A stretch of one dimension. */
export const slice = defineOp({
  category: 'shape',
  doc: {
    summary: 'Keeps the places of a range along one dimension, counted from 0, the end excluded.',
    formula: 'y[…, i, …] = x[…, from + i, …], 0 ≤ i < to - from',
    keras: 'none as a layer; x[..., from:to]',
    pytorch: 'x[:, from:to]',
    cost: 'nothing',
    source: 'definition of the language',
    example: { line: 'slice channels 0..58', input: [28, 28, 116] },
  },
  params: {
    axis: required(axis, 'the dimension'),
    range: required(interval, 'the places that are kept'),
  },
  positional: ['range'],
  inferShape({ axis: wanted, range }, inputs) {
    const shape = only(inputs);
    const place = placeOf(wanted, shape);
    const size = place === undefined ? undefined : shape[place];
    if (size === undefined)
      return complain(noSuchAxis, { layer: 'slice', axis: wanted, shape }, { parameter: 'axis' });
    if (compare(range.to, size) === 1) {
      return complain(sliceOutOfRange, { ...range, size, axis: wanted }, { parameter: 'range' });
    }
    return shape.map((other, at) => (at === place ? subtract(range.to, range.from) : other));
  },
  window({ axis: wanted, range }, inputs) {
    const shape = only(inputs);
    const place = placeOf(wanted, shape);
    if (shape.length !== 3 || place === undefined || place === 2) return undefined;
    const before = negate(range.from);
    return place === 0 ? shifted(before, 0) : shifted(0, before);
  },
});
