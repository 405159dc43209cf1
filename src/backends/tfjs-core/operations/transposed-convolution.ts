import type { Tensor } from '@tensorflow/tfjs-core';
import { cutBefore, type Spreading } from '../../../compiler/ops/deconv.js';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { ending } from '../ending.js';
import { kernel } from '../kernel.js';
import type { Tape } from '../tape.js';
import { addBias } from './affine.js';
import type { KernelAndBias } from './convolve.js';
import { imagesOf, tfPadding, tfPair } from './geometry.js';

/** How a kernel spreads over an image of which height and width are known. */
export interface SizedSpreading extends Spreading {
  readonly output: Pair;
}

/**
 * A transposed convolution to the given height and width: the gradient of the convolution that would lead from there to
 * here. Its kernel is `[height, width, out, in]`.
 */
export function transposedConvolution(
  x: Tensor,
  { kernel: filter, bias }: KernelAndBias,
  spreading: SizedSpreading,
  tape?: Tape,
): Tensor {
  const { stride, output } = spreading;
  const [height, width] = output;
  const images = imagesOf(x);
  const [rows = 1, columns = 1, outputs = 1] = filter.shape;
  const [top, left] = cutBefore(spreading);
  const attributes = {
    strides: tfPair(stride),
    pad: tfPadding({
      top,
      left,
      bottom: Math.max(0, (images.height - 1) * stride[0] + rows - top - height),
      right: Math.max(0, (images.width - 1) * stride[1] + columns - left - width),
    }),
    dataFormat: 'NHWC',
  };
  const inputShape = [images.batch, height, width, outputs];
  const spread = kernel('Conv2DBackpropInput', { dy: x, filter }, { ...attributes, inputShape });
  const { shape: filterShape } = filter;
  tape?.record(spread, [
    {
      of: filter,
      needs: [x],
      gradient: (dy, seen) =>
        kernel('Conv2DBackpropFilter', { x: dy, dy: seen }, { ...attributes, filterShape }),
    },
    {
      of: x,
      needs: [filter],
      gradient: (dy, w) => kernel('Conv2D', { x: dy, filter: w }, { ...attributes, dilations: [1, 1] }),
    },
  ]);
  return bias === undefined ? spread : ending(spread, (values) => addBias(values, bias, tape));
}
