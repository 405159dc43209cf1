import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { kernel } from '../kernel.js';
import type { Tape } from '../tape.js';
import { tfPadding, tfPair, type Margins } from './geometry.js';
import { sumRows } from './rows.js';

/** What a convolution weighs its input with. */
export interface KernelAndBias {
  /** `[height, width, in, out]`; of a depthwise convolution `[height, width, in, multiplier]`. */
  readonly kernel: Tensor;
  /** `[out]`. */
  readonly bias: Tensor | undefined;
}

/** How a kernel slides. */
export interface Slide {
  readonly kind: Kind;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly margins: Margins;
}

/** The kernels of the engine that one kind of convolution needs. */
interface Family {
  readonly forward: string;
  readonly withBias: string;
  readonly byInput: string;
  readonly byKernel: string;
}

/** All channels together, or each by itself. */
export type Kind = keyof typeof families;

const families = {
  full: {
    forward: 'Conv2D',
    withBias: 'FusedConv2D',
    byInput: 'Conv2DBackpropInput',
    byKernel: 'Conv2DBackpropFilter',
  },
  depthwise: {
    forward: 'DepthwiseConv2dNative',
    withBias: 'FusedDepthwiseConv2D',
    byInput: 'DepthwiseConv2dNativeBackpropInput',
    byKernel: 'DepthwiseConv2dNativeBackpropFilter',
  },
} as const satisfies Readonly<Record<string, Family>>;

/** One convolution of the engine; on a tape its cells must not be spread, for engines have no such gradients. */
export function convolve(x: Tensor, weights: KernelAndBias, slide: Slide, tape?: Tape): Tensor {
  const { kernel: filter, bias } = weights;
  const family = families[slide.kind];
  const attributes = attributesOf(slide);
  const y =
    bias === undefined
      ? kernel(family.forward, { x, filter }, attributes)
      : kernel(family.withBias, { x, filter, bias }, { ...attributes, activation: 'linear' });
  const { shape: inputShape } = x;
  const { shape: filterShape } = filter;
  tape?.record(y, [
    ...(bias === undefined ? [] : [{ of: bias, needs: [], gradient: sumRows }]),
    {
      of: filter,
      needs: [x],
      gradient: (dy, seen) => kernel(family.byKernel, { x: seen, dy }, { ...attributes, filterShape }),
    },
    // Last, when the input need not be there any more.
    {
      of: x,
      needs: [filter],
      gradient: (dy, w) => kernel(family.byInput, { dy, filter: w }, { ...attributes, inputShape }),
    },
  ]);
  return y;
}

function attributesOf({ stride, dilation, margins }: Slide): NamedAttrMap {
  return {
    strides: tfPair(stride),
    dilations: tfPair(dilation),
    pad: tfPadding(margins),
    dataFormat: 'NHWC',
  };
}
