import { floorDivide, product, type Exact } from '../values/exact.js';
import { complain, isComplaint, type Complaint } from './complaint.js';
import {
  biasAdditions,
  dilation,
  filters,
  kernelAndBias,
  kernelParams,
  weightParams,
} from './convolution.js';
import { defineOp, type Shape } from './op.js';
import { optional } from './params.js';
import { groupsDoNotDivide } from './problems/divisions.js';
import { imageAt, imageOf, known, only } from './sizes.js';
import type { Pair } from './types/pair.js';
import { wholeNumber } from './types/whole-number.js';
import { slide, windowSpec } from './window.js';

/** Convolution, also in groups and with dilation. */
export const conv = defineOp({
  category: 'convolution',
  doc: {
    summary:
      'Slides kernels over rows and columns; each filter sums the products of its kernel with the cells under it.',
    formula:
      'y[i, j, f] = bias[f] + Σ over u, v, c of kernel[u, v, c, f] · x[i·stride + u·dilation - top, j·stride + v·dilation - left, c]',
    keras: 'Conv2D(filters, kernel_size, strides, padding, dilation_rate, groups)',
    pytorch:
      'Conv2d(in, filters, kernel_size, stride, padding, dilation, groups, bias); `same` with a stride pads unevenly, which F.pad has to do first',
    cost: 'output values · kernel rows · kernel columns · channels / groups multiply-accumulates, those with padding included; one addition an output value where there is a bias',
    source:
      'LeCun et al. 1998, §II; sizes: Dumoulin & Visin 2016, §2.4; groups: Krizhevsky et al. 2012, §3.2',
    example: { line: 'conv 64 3x3/2 same relu', input: [56, 56, 32] },
  },
  params: {
    filters,
    ...kernelParams,
    dilation,
    groups: optional(
      wholeNumber({ atLeast: 1 }),
      1,
      'parts into which channels and filters are split; each part sees its own channels only',
    ),
    ...weightParams,
  },
  positional: ['filters', 'kernel'],
  takesActivation: true,
  inferShape(args, inputs) {
    const image = imageOf('conv', only(inputs));
    if (isComplaint(image)) return image;
    const channels = known('conv', 'channels', image.channels);
    if (typeof channels !== 'number') return channels;
    if (channels % args.groups !== 0) return uneven(args.groups, channels, 'channels');
    if (args.filters % args.groups !== 0) return uneven(args.groups, args.filters, 'filters');
    const steps = slide('conv', args, image);
    return isComplaint(steps) ? steps : [...steps, args.filters];
  },
  weights: (args, inputs) => kernelAndBias(args, [...kernelOf(args, inputs), args.filters], args.filters),
  macs: (args, inputs, output) => product([...output, ...kernelOf(args, inputs)]),
  elementwise: (args, _inputs, output) => biasAdditions(args, output),
  window: (args, inputs) => windowSpec(args, imageAt(inputs)),
});

/** Rows, columns and channels that one filter sees. */
function kernelOf(
  args: { readonly kernel: Pair; readonly groups: number },
  inputs: readonly Shape[],
): readonly Exact[] {
  return [...args.kernel, floorDivide(imageAt(inputs).channels, args.groups)];
}

function uneven(groups: number, count: number, of: string): Complaint {
  return complain(groupsDoNotDivide, { layer: 'conv', groups, count, of }, { parameter: 'groups' });
}
