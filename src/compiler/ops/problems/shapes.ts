import { defineProblem } from '../../../diagnostics/problem.js';
import { toGrouped, type Exact } from '../../values/exact.js';
import { shapeText, type Shape } from '../shape.js';
import { alternatives } from '../types/choice.js';

/** A layer gets a tensor of another rank than it works on. */
export const wrongRank = defineProblem<{
  layer: string;
  expected: string;
  shape: Shape;
  advice?: string | undefined;
}>({
  code: 'wrong-rank',
  severity: 'error',
  explain: {
    text:
      'Layers that slide a window or work on rows and columns need an image, height × width × channels. After ' +
      '`flatten`, `gap` or `gmp` only features are left, and there is nothing to slide over.',
    wrong: 'model Digits {\n  input 28x28x1\n  flatten\n  conv 16 3x3\n}\n',
    right: 'model Digits {\n  input 28x28x1\n  conv 16 3x3\n  flatten\n}\n',
  },
  message: ({ layer, expected, shape }) =>
    `\`${layer}\` works on ${expected}, but ${shapeText(shape)} arrives`,
  help: ({ advice }) => advice,
});

/** A tensor has more dimensions than any target can hold. */
export const rankTooHigh = defineProblem<{ rank: number; limit: number }>({
  code: 'rank-too-high',
  severity: 'error',
  explain: {
    text: 'A tensor has at most 8 sizes, the batch aside; tensor libraries hold no more.',
    wrong: 'model Deep {\n  input 2x2x2x2x2x2x2x2\n  reshape [1, 2, 2, 2, 2, 2, 2, 2, 2]\n}\n',
    right: 'model Deep {\n  input 2x2x2x2x2x2x2x2\n  reshape [2, 2, 2, 2, 2, 2, 4]\n}\n',
  },
  message: ({ rank, limit }) =>
    `the result would have ${String(rank)} sizes, but a tensor has at most ${String(limit)}`,
});

/** One size of a tensor is larger than any target can hold. */
export const dimensionTooLarge = defineProblem<{ shape: Shape; size: Exact; limit: number }>({
  code: 'dimension-too-large',
  severity: 'error',
  explain: {
    text: 'One size of a tensor is at most 2,147,483,647, which is what 32 bits hold. Counts of parameters and costs have no such limit.',
    wrong: 'model Huge {\n  input 100000x100000x3\n  flatten\n}\n',
    right: 'model Huge {\n  input 100000x100000x3\n  gap\n}\n',
  },
  message: ({ shape, size, limit }) =>
    `the result would be ${shapeText(shape)}, but a size is at most ${toGrouped(limit)}, not ${toGrouped(size)}`,
});

/** A layer leaves nothing of its input. */
export const emptyOutput = defineProblem<{ shape: Shape }>({
  code: 'empty-output',
  severity: 'error',
  explain: {
    text: 'Every size of a tensor is at least 1. A transposed convolution whose padding takes away more than its kernel adds leaves nothing.',
    wrong: 'model Up {\n  input 1x1x8\n  deconv 4 2x2 pad=1\n}\n',
    right: 'model Up {\n  input 1x1x8\n  deconv 4 2x2\n}\n',
  },
  message: ({ shape }) => `the result would be ${shapeText(shape)}, but every size is at least 1`,
});

/** A layer needs a number that depends on a size which was left open. */
export const openSizeNeeded = defineProblem<{
  layer: string;
  what: string;
  value: Exact;
  waitsFor: readonly string[];
  advice?: string | undefined;
}>({
  code: 'open-size-needed',
  severity: 'error',
  explain: {
    text:
      'A size written as `?` is carried as a symbol, so shapes and costs stay exact. Weights need numbers: a dense layer ' +
      'behind `flatten` would have another kernel for every image size. `gap` before it, or a written size, settles it.',
    wrong: 'model Any {\n  input ?x?x3\n  conv 16 3x3 same\n  flatten\n  dense 10\n}\n',
    right: 'model Any {\n  input ?x?x3\n  conv 16 3x3 same\n  gap\n  dense 10\n}\n',
  },
  message: ({ layer, what, value, waitsFor }) =>
    `\`${layer}\` needs the number of ${what}, but ${shapeText([value])} waits for ${listed(waitsFor)}, which ${waitsFor.length === 1 ? 'is' : 'are'} left open`,
  help: ({ advice }) => advice ?? 'write the size where `?` stands in `input`',
});

/** An axis that the tensor doesn't have. */
export const noSuchAxis = defineProblem<{ layer: string; axis: string | number; shape: Shape }>({
  code: 'no-such-axis',
  severity: 'error',
  explain: {
    text: '`height` and `width` are dimensions of images, height × width × channels; `channels` is the last dimension of any tensor; a number counts dimensions from 0.',
    wrong: 'model Part {\n  input 28x28x1\n  flatten\n  slice height 0..14\n}\n',
    right: 'model Part {\n  input 28x28x1\n  slice height 0..14\n  flatten\n}\n',
  },
  message: ({ layer, axis, shape }) =>
    `\`${layer}\` goes along ${typeof axis === 'number' ? `dimension ${String(axis)}` : axis}, but ${shapeText(shape)} has none`,
  help: ({ shape }) =>
    shape.length === 3
      ? 'an image has `height`, `width` and `channels`, the dimensions 0, 1 and 2'
      : `a tensor of ${String(shape.length)} ${shape.length === 1 ? 'size has `channels`, dimension 0' : `sizes has dimensions 0 to ${String(shape.length - 1)}, the last of which is \`channels\``}`,
});

function listed(names: readonly string[]): string {
  return alternatives(names).replaceAll(' or ', ' and ');
}
