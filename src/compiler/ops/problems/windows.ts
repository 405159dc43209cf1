import { defineProblem } from '../../../diagnostics/problem.js';
import { shapeText, type Shape } from '../shape.js';
import { writePair, type Pair } from '../types/pair.js';

/** A kernel, dilation included, spans more cells than there are. */
export const windowTooLarge = defineProblem<{
  layer: string;
  kernel: Pair;
  dilation: Pair;
  span: Pair;
  input: Shape;
  padded: Shape;
}>({
  code: 'window-too-large',
  severity: 'error',
  explain: {
    text:
      'A window must fit into the image at least once. With dilation a kernel of k cells spans (k - 1) × dilation + 1. ' +
      'Without padding each such layer makes the image smaller, so deep nets run out of rows and columns.',
    wrong: 'model Small {\n  input 4x4x3\n  conv 8 5x5\n}\n',
    right: 'model Small {\n  input 4x4x3\n  conv 8 5x5 same\n}\n',
  },
  message: ({ layer, kernel, dilation, span, input, padded }) => {
    const spans = isSpread(kernel, span)
      ? ` spans ${shapeText(span)} with dilation ${writePair(dilation)} and`
      : '';
    const extended = shapeText(input) === shapeText(padded) ? '' : `, ${shapeText(padded)} with its padding`;
    return `the ${shapeText(kernel)} window of \`${layer}\`${spans} doesn't fit into an image of ${shapeText(input)}${extended}`;
  },
  help: ({ kernel, span, padded }) =>
    isSpread(kernel, span)
      ? 'pad with `same`, or take a smaller dilation'
      : `pad with \`same\`, or take a window of at most ${shapeText(largestWithin(kernel, padded))}`,
});

/** Padding so wide that a pooling window could lie in it wholly. */
export const paddingTooLarge = defineProblem<{ layer: string; cells: number; side: string; window: number }>({
  code: 'padding-too-large',
  severity: 'error',
  explain: {
    text: 'A pooling window that lies wholly in the padding has nothing to take the maximum or the average of, so the padding must be smaller than the window.',
    wrong: 'model Pooled {\n  input 8x8x3\n  pool max 2x2 pad=2\n}\n',
    right: 'model Pooled {\n  input 8x8x3\n  pool max 2x2 pad=1\n}\n',
  },
  message: ({ layer, cells, side, window }) =>
    `\`${layer}\` has ${String(cells)} padding ${cells === 1 ? 'cell' : 'cells'} at the ${side}, so a window of ${String(window)} could lie wholly in it`,
  help: ({ window }) => `pad with at most ${String(window - 1)}`,
});

/** Output padding that a larger input would give better. */
export const outputPaddingTooLarge = defineProblem<{ outputPad: Pair; stride: Pair }>({
  code: 'output-padding-too-large',
  severity: 'error',
  explain: {
    text:
      'Several input sizes of a strided convolution give one output size; `output_pad` tells a transposed convolution which of ' +
      'them to restore, so it is smaller than the stride.',
    wrong: 'model Up {\n  input 8x8x4\n  deconv 4 3x3/2 pad=1 output_pad=2\n}\n',
    right: 'model Up {\n  input 8x8x4\n  deconv 4 3x3/2 pad=1 output_pad=1\n}\n',
  },
  message: ({ outputPad, stride }) =>
    `output_pad=${writePair(outputPad)} must be smaller than the stride of ${writePair(stride)}`,
  help: ({ stride }) =>
    stride[0] === 1 && stride[1] === 1
      ? 'leave `output_pad` out: with stride 1 there is only one size to restore'
      : `at most ${writePair([stride[0] - 1, stride[1] - 1])} with this stride`,
});

/** Output padding without explicit padding, where the output's size is settled already. */
export const outputPaddingWithoutCells = defineProblem<{ outputPad: Pair; padding: string }>({
  code: 'output-padding-without-pad',
  severity: 'error',
  explain: {
    text:
      'With `same` the output of a transposed convolution is stride times its input, with `valid` all that its kernels reach; ' +
      'only explicit padding leaves a choice, which `output_pad` makes.',
    wrong: 'model Up {\n  input 8x8x4\n  deconv 4 3x3/2 same output_pad=1\n}\n',
    right: 'model Up {\n  input 8x8x4\n  deconv 4 3x3/2 pad=1 output_pad=1\n}\n',
  },
  message: ({ outputPad, padding }) =>
    `output_pad=${writePair(outputPad)} goes with counted cells in \`pad=\`, but the padding is \`${padding}\``,
  help: () => 'write `pad=` with the cells, or leave `output_pad` out',
});

function isSpread(kernel: Pair, span: Pair): boolean {
  return span[0] !== kernel[0] || span[1] !== kernel[1];
}

/** The kernel, cut to what there is. */
function largestWithin(kernel: Pair, padded: Shape): Shape {
  return kernel.map((size, place) => {
    const cells = padded[place];
    return typeof cells === 'number' ? Math.min(size, cells) : size;
  });
}
