import { product, type Exact } from '../values/exact.js';
import type { Initializer, Shape, WeightSpec } from './op.js';
import { optional, required } from './params.js';
import { boolean } from './types/boolean.js';
import { initializer } from './types/initializer.js';
import { number } from './types/number.js';
import { padding, valid } from './types/padding.js';
import { step, window } from './types/pair.js';
import { wholeNumber } from './types/whole-number.js';

const penalty = number({ atLeast: 0 });

/** The parameters of layers that slide a kernel with weights over an image. */
export const kernelParams = {
  kernel: required(window, 'height and width of the kernel'),
  stride: optional(step, [1, 1], 'how far the kernel moves; `3x3/2` says kernel and stride at once'),
  pad: optional(padding, valid, 'cells around the image: `same`, `valid`, or counted'),
} as const;

/** The parameter of how many channels a layer gives. */
export const filters = required(wholeNumber({ atLeast: 1 }), 'how many channels it gives');

/** The parameters of how weights start and what holds them small. */
export const weightParams = {
  bias: optional(boolean, true, 'whether one learned number a channel is added'),
  init: optional(initializer, 'glorot_uniform', 'how the kernel starts'),
  bias_init: optional(initializer, 'zeros', 'how the biases start'),
  l1: optional(penalty, 0, "weight of the sum of the kernel's magnitudes in the loss"),
  l2: optional(penalty, 0, "weight of the sum of the kernel's squares in the loss"),
} as const;

/** The parameter that spreads a kernel's cells apart. */
export const dilation = optional(step, [1, 1], "distance between the kernel's cells");

/** The arguments of `weightParams`. */
export interface WeightArgs {
  readonly bias: boolean;
  readonly init: Initializer;
  readonly bias_init: Initializer;
  readonly l1: number;
  readonly l2: number;
}

/** A kernel of this shape and, where wanted, a bias of this many channels. */
export function kernelAndBias(args: WeightArgs, kernel: Shape, channels: Exact): readonly WeightSpec[] {
  const { bias, init, bias_init: biasInit, l1, l2 } = args;
  return [
    {
      name: 'kernel',
      shape: kernel,
      initializer: init,
      trainable: true,
      ...(l1 > 0 ? { l1 } : {}),
      ...(l2 > 0 ? { l2 } : {}),
    },
    ...(bias ? [{ name: 'bias', shape: [channels], initializer: biasInit, trainable: true }] : []),
  ];
}

/** One addition for each output where there is a bias. */
export function biasAdditions({ bias }: { readonly bias: boolean }, output: Shape): Exact {
  return bias ? product(output) : 0;
}
