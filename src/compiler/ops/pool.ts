import { product } from '../values/exact.js';
import { complain, isComplaint, type Complaint } from './complaint.js';
import { defineOp } from './op.js';
import { absent, optional, required } from './params.js';
import { paddingTooLarge } from './problems/windows.js';
import { imageAt, imageOf, only } from './sizes.js';
import { boolean } from './types/boolean.js';
import { choice } from './types/choice.js';
import { padding, valid, type Padding } from './types/padding.js';
import { step, window, type Pair } from './types/pair.js';
import { slide, windowSpec, type Sliding } from './window.js';

/** Maximum or average of a window that slides over each channel. */
export const pool = defineOp({
  category: 'pooling',
  doc: {
    summary: 'Takes the maximum (`max`) or the average (`avg`) of a window that slides over each channel.',
    formula:
      'y[i, j, c] = max or mean over u, v of x[i·stride + u - top, j·stride + v - left, c]; cells of the padding never win a maximum, and an ' +
      'average is over the cells of the image in the window, with `count_padding` over those of the padding too (as zeros), but never over cells beyond it that `ceil` reaches',
    keras: 'MaxPooling2D or AveragePooling2D(pool_size, strides, padding)',
    pytorch:
      'MaxPool2d or AvgPool2d(kernel_size, stride, padding, ceil_mode, count_include_pad=False); PyTorch counts padding by default',
    cost: 'one operation for each cell of the window and each output value',
    source: 'LeCun et al. 1998, §II; Krizhevsky et al. 2012, §3.4; rounding up: Caffe and PyTorch',
    example: { line: 'pool max 3x3/2 same', input: [112, 112, 64] },
  },
  params: {
    mode: required(choice(['max', 'avg']), 'the maximum or the average of the window'),
    kernel: required(window, 'height and width of the window'),
    stride: absent(step, 'how far the window moves; the window itself where none is written'),
    pad: optional(padding, valid, 'cells around the image: `same`, `valid`, or counted'),
    ceil: optional(
      boolean,
      false,
      'whether a last window that reaches over the edge counts, if it begins inside the image or the padding before it',
    ),
    count_padding: optional(boolean, false, 'whether an average counts the cells of the padding'),
  },
  positional: ['kernel'],
  complete(args) {
    return paddingComplaint(args.kernel, args.pad) ?? { ...args, stride: args.stride ?? args.kernel };
  },
  inferShape(args, inputs) {
    const image = imageOf('pool', only(inputs));
    if (isComplaint(image)) return image;
    const steps = slide('pool', poolWindow(args), image, args.ceil ? 'ceil' : 'floor');
    return isComplaint(steps) ? steps : [...steps, image.channels];
  },
  // A window of one cell that leaves none out gives what arrives.
  memory: ({ kernel, stride }) =>
    [...kernel, ...(stride ?? kernel)].every((size) => size === 1) ? 'view' : 'own',
  elementwise: ({ kernel }, _inputs, output) => product([...output, ...kernel]),
  window: (args, inputs) => windowSpec(poolWindow(args), imageAt(inputs)),
});

/** The window of a pool; its stride is the window where none was written. */
export function poolWindow(args: {
  readonly kernel: Pair;
  readonly stride: Pair | undefined;
  readonly pad: Padding;
}): Sliding {
  const { kernel, stride = kernel, pad } = args;
  return { kernel, stride, dilation: [1, 1], pad };
}

function paddingComplaint(kernel: Pair, pad: Padding): Complaint | undefined {
  if (pad.kind !== 'explicit') return undefined;
  const sides = [
    { side: 'top', cells: pad.top, window: kernel[0] },
    { side: 'bottom', cells: pad.bottom, window: kernel[0] },
    { side: 'left', cells: pad.left, window: kernel[1] },
    { side: 'right', cells: pad.right, window: kernel[1] },
  ];
  const wide = sides.find(({ cells, window: size }) => cells >= size);
  return wide && complain(paddingTooLarge, { layer: 'pool', ...wide }, { parameter: 'pad' });
}
