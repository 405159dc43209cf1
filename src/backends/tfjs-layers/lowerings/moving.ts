import type { Shape } from '../../../compiler/ops/op.js';
import type { Cells } from '../../../compiler/ops/types/cells.js';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { toNumber } from '../../../compiler/values/exact.js';
import { named, type Call } from '../call.js';
import type { LayerWeight, Tensor } from '../layer.js';

/**
 * Images of which both sizes are open can't be seen with other sizes: two would have to follow from the rest. What moves
 * values within them is a convolution that never changes, each of whose results is one value times 1.
 */
export interface Move {
  readonly part?: string | undefined;
  readonly shape: Shape;
}

/** Some of the channels, in any order: `from` says where each that is given lay. */
export function moveChannels(call: Call, x: Tensor, from: readonly number[], move: Move): Tensor {
  const channels = channelsOf(x.shape);
  const places = from.map((channel, place) => channel * from.length + place);
  const kernel = movingKernel('kernel', [1, 1, channels, from.length], places);
  return sliding(
    call,
    x,
    { className: 'Conv2D', kernel, size: [1, 1], stride: [1, 1], filters: from.length },
    move,
  );
}

/** Blocks of pixels as channels: row u and column v of a block go to channels (u · block + v) · channels and on. */
export function moveIntoChannels(call: Call, x: Tensor, block: number, move: Move): Tensor {
  const channels = channelsOf(x.shape);
  const filters = block * block * channels;
  // The rows of the kernel, [block, block, channels], are the filters in their order.
  const places = Array.from({ length: filters }, (_, place) => place * filters + place);
  const kernel = movingKernel('kernel', [block, block, channels, filters], places);
  const size: Pair = [block, block];
  return sliding(call, x, { className: 'Conv2D', kernel, size, stride: size, filters }, move);
}

/** Channels as blocks of pixels, the way back. */
export function moveOutOfChannels(call: Call, x: Tensor, block: number, move: Move): Tensor {
  const channels = channelsOf(x.shape);
  const filters = channels / (block * block);
  const places = Array.from({ length: channels }, (_, place) => place * channels + place);
  const kernel = movingKernel('kernel', [block, block, filters, channels], places);
  const size: Pair = [block, block];
  return sliding(call, x, { className: 'Conv2DTranspose', kernel, size, stride: size, filters }, move);
}

/** The image without the cells at its sides: one cell of a window as large as they and itself. */
export function moveInwards(call: Call, x: Tensor, { top, bottom, left, right }: Cells, move: Move): Tensor {
  const channels = channelsOf(x.shape);
  const size: Pair = [top + bottom + 1, left + right + 1];
  const first = (top * size[1] + left) * channels;
  const places = Array.from({ length: channels }, (_, channel) => first + channel);
  const kernel = movingKernel('depthwise_kernel', [...size, channels, 1], places);
  return sliding(call, x, { className: 'DepthwiseConv2D', kernel, size, stride: [1, 1] }, move);
}

interface MovingLayer {
  readonly className: string;
  readonly kernel: LayerWeight;
  readonly size: Pair;
  readonly stride: Pair;
  readonly filters?: number;
}

function sliding(call: Call, x: Tensor, layer: MovingLayer, { part, shape }: Move): Tensor {
  const { className, kernel, size, stride, filters } = layer;
  const config = {
    ...(filters === undefined ? {} : { filters }),
    kernel_size: size,
    strides: stride,
    padding: 'valid',
    use_bias: false,
    trainable: false,
  };
  return call.add({ ...named(className, part, config, shape), weights: [kernel] }, x);
}

/** Zeros, and ones at these places. */
function movingKernel(name: string, shape: readonly number[], places: readonly number[]): LayerWeight {
  return {
    name,
    shape,
    valuesFrom: () => {
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      for (const place of places) values[place] = 1;
      return values;
    },
  };
}

function channelsOf(shape: Shape): number {
  return toNumber(shape.at(-1) ?? 1);
}
