import { multiply, product } from '../values/exact.js';
import { isComplaint } from './complaint.js';
import { biasAdditions, dilation, kernelAndBias, kernelParams, weightParams } from './convolution.js';
import { defineOp } from './op.js';
import { optional } from './params.js';
import { imageAt, imageOf, known, only } from './sizes.js';
import { wholeNumber } from './types/whole-number.js';
import { slide, windowSpec } from './window.js';

/** Depthwise convolution: each channel has kernels of its own. */
export const dwconv = defineOp({
  category: 'convolution',
  doc: {
    summary:
      'Convolves each channel by itself with `multiplier` kernels of its own; the results of one channel lie side by side.',
    formula:
      'y[i, j, c·multiplier + m] = bias[c·multiplier + m] + Σ over u, v of kernel[u, v, c, m] · x[i·stride + u·dilation - top, j·stride + v·dilation - left, c]',
    keras: 'DepthwiseConv2D(kernel_size, strides, padding, depth_multiplier, dilation_rate)',
    pytorch: 'Conv2d(in, in * multiplier, kernel_size, stride, padding, dilation, groups=in)',
    cost: 'output values · kernel rows · kernel columns multiply-accumulates; one addition an output value where there is a bias',
    source: 'Sifre 2014 (Rigid-motion scattering for image classification); Chollet 2017 (Xception), §1.2',
    example: { line: 'dwconv 3x3 same', input: [112, 112, 32] },
  },
  params: {
    ...kernelParams,
    dilation,
    multiplier: optional(wholeNumber({ atLeast: 1 }), 1, 'how many kernels each channel has'),
    ...weightParams,
  },
  positional: ['kernel'],
  takesActivation: true,
  inferShape(args, inputs) {
    const image = imageOf('dwconv', only(inputs));
    if (isComplaint(image)) return image;
    const channels = known('dwconv', 'channels', image.channels);
    if (typeof channels !== 'number') return channels;
    const steps = slide('dwconv', args, image);
    return isComplaint(steps) ? steps : [...steps, multiply(channels, args.multiplier)];
  },
  weights(args, inputs) {
    const { channels } = imageAt(inputs);
    const { kernel, multiplier } = args;
    return kernelAndBias(args, [...kernel, channels, multiplier], multiply(channels, multiplier));
  },
  macs: (args, _inputs, output) => product([...output, ...args.kernel]),
  elementwise: (args, _inputs, output) => biasAdditions(args, output),
  window: (args, inputs) => windowSpec(args, imageAt(inputs)),
});
