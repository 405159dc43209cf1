import { add, divide, multiply, product, subtract, type Exact } from '../values/exact.js';
import { complain, isComplaint } from './complaint.js';
import { biasAdditions, filters, kernelAndBias, kernelParams, weightParams } from './convolution.js';
import { defineOp } from './op.js';
import { optional } from './params.js';
import { outputPaddingTooLarge, outputPaddingWithoutCells } from './problems/windows.js';
import { imageAt, imageOf, known, only } from './sizes.js';
import type { Padding } from './types/padding.js';
import { cellPair, type Pair } from './types/pair.js';

/** What decides the size of a transposed convolution's output. */
export interface Spreading {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly pad: Padding;
  readonly output_pad: Pair;
}

/** Transposed convolution: the way back of a convolution's shape. */
export const deconv = defineOp({
  category: 'convolution',
  doc: {
    summary:
      'Lays a kernel, scaled by each input cell, into a larger image and sums where kernels overlap: the gradient of a convolution.',
    formula:
      'y[i, j, f] = bias[f] + Σ over all a, b, u, v, c with a·stride + u - top = i and b·stride + v - left = j of kernel[u, v, f, c] · x[a, b, c]; ' +
      '`same` gives stride · size and cuts max(kernel - stride, 0) cells, ⌊half⌋ of them before; `valid` gives stride · size + max(kernel - stride, 0); ' +
      'counted cells give (size - 1) · stride + kernel - before - behind + output_pad',
    keras: 'Conv2DTranspose(filters, kernel_size, strides, padding)',
    pytorch: 'ConvTranspose2d(in, filters, kernel_size, stride, padding, output_padding)',
    cost: 'input values · kernel rows · kernel columns · filters multiply-accumulates, those that are cut off included; one addition an output value where there is a bias',
    source: 'Zeiler et al. 2010; Dumoulin & Visin 2016, §4; sizes of `same` and `valid`: TensorFlow',
    example: { line: 'deconv 32 2x2/2', input: [28, 28, 64] },
  },
  params: {
    filters,
    ...kernelParams,
    output_pad: optional(
      cellPair,
      [0, 0],
      'cells added to the output at the bottom and right, with counted padding only',
    ),
    ...weightParams,
  },
  positional: ['filters', 'kernel'],
  takesActivation: true,
  complete(args) {
    const { output_pad: outputPad, stride, pad } = args;
    if (outputPad[0] === 0 && outputPad[1] === 0) return args;
    const at = { parameter: 'output_pad' };
    if (pad.kind !== 'explicit')
      return complain(outputPaddingWithoutCells, { outputPad, padding: pad.kind }, at);
    const fits = outputPad[0] < stride[0] && outputPad[1] < stride[1];
    return fits ? args : complain(outputPaddingTooLarge, { outputPad, stride }, at);
  },
  inferShape(args, inputs) {
    const image = imageOf('deconv', only(inputs));
    if (isComplaint(image)) return image;
    const channels = known('deconv', 'channels', image.channels);
    if (typeof channels !== 'number') return channels;
    return [sizeAlong(args, image.height, 0), sizeAlong(args, image.width, 1), args.filters];
  },
  weights(args, inputs) {
    const shape = [...args.kernel, args.filters, imageAt(inputs).channels];
    return kernelAndBias(args, shape, args.filters);
  },
  macs: (args, inputs) => product([...only(inputs), ...args.kernel, args.filters]),
  elementwise: (args, _inputs, output) => biasAdditions(args, output),
  window({ kernel, stride, pad }) {
    // An output cell lies under as many kernels as strides fit into one of them.
    const reach: Pair = [Math.ceil(kernel[0] / stride[0]), Math.ceil(kernel[1] / stride[1])];
    const [top, left] = cutBefore({ kernel, stride, pad });
    const padBefore = [before(reach[0], top, stride[0]), before(reach[1], left, stride[1])] as const;
    return { kernel: reach, stride: [1, 1], dilation: [1, 1], padBefore, upsampling: stride };
  },
});

/** The last of the kernels over output row i begins at input row ⌊(i + cut) / stride⌋. */
function before(reach: number, cut: number, stride: number): Exact {
  return subtract(reach - 1, divide(cut, stride) ?? 0);
}

/** The cells that padding cuts off at the top and at the left. */
export function cutBefore({ kernel, stride, pad }: Omit<Spreading, 'output_pad'>): Pair {
  switch (pad.kind) {
    case 'valid':
      return [0, 0];
    case 'explicit':
      return [pad.top, pad.left];
    case 'same':
      return [halfOfOverlap(kernel[0], stride[0]), halfOfOverlap(kernel[1], stride[1])];
    default: {
      const never: never = pad;
      return never;
    }
  }
}

function halfOfOverlap(kernel: number, stride: number): number {
  return Math.floor(Math.max(kernel - stride, 0) / 2);
}

function sizeAlong(
  { kernel, stride, pad, output_pad: more }: Spreading,
  size: Exact,
  direction: 0 | 1,
): Exact {
  const step = stride[direction];
  const spread = multiply(size, step);
  switch (pad.kind) {
    case 'same':
      return spread;
    case 'valid':
      return add(spread, Math.max(kernel[direction] - step, 0));
    case 'explicit': {
      const cut = direction === 0 ? add(pad.top, pad.bottom) : add(pad.left, pad.right);
      return subtract(add(spread, kernel[direction] - step + more[direction]), cut);
    }
    default: {
      const never: never = pad;
      return never;
    }
  }
}
