import { complain } from './complaint.js';
import { defineOp } from './op.js';
import { required } from './params.js';
import { notAPermutation } from './problems/regions.js';
import { only } from './sizes.js';
import { maximumRank } from './limits.js';
import { listOf } from './types/list.js';
import { wholeNumber } from './types/whole-number.js';

/** The dimensions in another order. */
export const permute = defineOp({
  category: 'shape',
  doc: {
    summary: 'Puts the dimensions into another order; they are counted from 0, the batch aside.',
    formula: 'size of y along d = size of x along order[d], and the values go with their places',
    keras: 'Permute(order), counted from 1',
    pytorch: 'x.permute(…), which counts the batch as 0',
    cost: 'nothing',
    source: 'definition of the language',
    example: { line: 'permute [2, 0, 1]', input: [28, 14, 3] },
  },
  params: {
    order: required(
      listOf(
        wholeNumber({ atLeast: 0, atMost: maximumRank - 1 }),
        'a list of dimensions, each counted from 0, such as `[2, 0, 1]`',
      ),
      'which dimension of the input becomes the first, the second, …',
    ),
  },
  positional: ['order'],
  inferShape({ order }, inputs) {
    const shape = only(inputs);
    const moved = order.flatMap((place) => shape.slice(place, place + 1));
    const isPermutation =
      order.length === shape.length && moved.length === shape.length && new Set(order).size === order.length;
    return isPermutation ? moved : complain(notAPermutation, { order, shape }, { parameter: 'order' });
  },
  window: ({ order }) => (order.every((place, at) => at > 1 || place === at) ? undefined : 'everything'),
});
