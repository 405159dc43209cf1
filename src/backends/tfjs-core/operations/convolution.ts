import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { Sliding } from '../../../compiler/ops/window.js';
import { ending, endingAll } from '../ending.js';
import type { Tape } from '../tape.js';
import { addBias } from './affine.js';
import { convolve, type Kind, type KernelAndBias, type Slide } from './convolve.js';
import { dilatedConvolve } from './dilated.js';
import { everyNth } from './every-nth.js';
import { imagesOf, marginsOf } from './geometry.js';
import { concat, reshape, slice } from './shape.js';

/** A window that slides over groups of channels. */
export interface GroupedSliding extends Sliding {
  readonly groups: number;
}

/** A convolution, in groups or not; its kernel is `[height, width, in / groups, out]`. */
export function convolution(x: Tensor, weights: KernelAndBias, window: GroupedSliding, tape?: Tape): Tensor {
  const { groups } = window;
  const slide = slideOf('full', window, x);
  if (groups === 1) return slideOver(x, weights, slide, tape);
  const { kernel, bias } = weights;
  const [rows = 1, columns = 1, inputs = 1, outputs = 1] = kernel.shape;
  if (inputs === 1) {
    // Each group is one channel: the kernel's values lie as those of a depthwise convolution do.
    const own = reshape(kernel, [rows, columns, groups, outputs / groups], tape);
    return depthwiseConvolution(x, { kernel: own, bias }, window, tape);
  }
  const count = outputs / groups;
  const parts = Array.from({ length: groups }, (_, group) => {
    const part = slice(x, { axis: 3, from: group * inputs, count: inputs }, tape);
    const own = slice(kernel, { axis: 3, from: group * count, count }, tape);
    return endingAll([part, own], () => slideOver(part, { kernel: own, bias: undefined }, slide, tape));
  });
  const joined = endingAll(parts, () => concat(parts, 3, tape));
  return bias === undefined ? joined : ending(joined, (whole) => addBias(whole, bias, tape));
}

/** A convolution of each channel by itself; its kernel is `[height, width, in, multiplier]`. */
export function depthwiseConvolution(
  x: Tensor,
  weights: KernelAndBias,
  window: Sliding,
  tape?: Tape,
): Tensor {
  return slideOver(x, weights, slideOf('depthwise', window, x), tape);
}

function slideOf(kind: Kind, window: Sliding, x: Tensor): Slide {
  const { stride, dilation } = window;
  return { kind, stride, dilation, margins: marginsOf(window, imagesOf(x)) };
}

function slideOver(x: Tensor, weights: KernelAndBias, slide: Slide, tape?: Tape): Tensor {
  const { kind, stride, dilation } = slide;
  // TensorFlow's depthwise kernels have no dilation, and one stride for both directions.
  const isNativeDepthwise = kind === 'depthwise' && getBackend() === 'tensorflow';
  if (isNativeDepthwise && stride[0] !== stride[1]) {
    const everywhere = slideOver(x, weights, { ...slide, stride: [1, 1] }, tape);
    return ending(everywhere, (all) => everyNth(all, stride, tape));
  }
  const isSpread = dilation.some((step) => step > 1);
  const isStrided = stride.some((step) => step > 1);
  // No engine has gradients of spread kernels, and the cpu engine no depthwise ones that move in strides.
  const isLacking =
    isSpread && (tape !== undefined || isNativeDepthwise || (kind === 'depthwise' && isStrided));
  return isLacking ? dilatedConvolve(x, weights, slide, tape) : convolve(x, weights, slide, tape);
}
