import { slide, type Sliding } from '../compiler/ops/window.js';
import { isComplaint } from '../compiler/ops/complaint.js';
import type { LayerArgs, Sizes } from './tensorflow.js';

/** The arguments of pools with counted cells around the image. */
export interface PoolArgs extends LayerArgs {
  /** Rows and columns, as all pairs. */
  readonly poolSize: [number, number];
  readonly strides: [number, number];
  /** Cells at the top, bottom, left and right. */
  readonly cells: readonly [number, number, number, number];
  /** Whether a last window that reaches over the edge counts. */
  readonly ceil: boolean;
}

/** How a pool's windows lie over images of one size. */
export interface PoolPlan {
  /** Rows and columns of the result. */
  readonly output: readonly [number, number];
  /** The padding that windows reach, as TensorFlow.js writes it: for batch, rows, columns and channels. */
  readonly reach: [[number, number], [number, number], [number, number], [number, number]];
}

/** Plans a pool over images of a known size. */
export function planPool(args: PoolArgs, height: number, width: number): PoolPlan {
  const { poolSize, strides, cells, ceil } = args;
  const [top, , left] = cells;
  const steps = slide('pool', windowOf(args), { height, width, channels: 1 }, ceil ? 'ceil' : 'floor');
  if (isComplaint(steps)) throw new Error(`a window of ${poolSize.join('x')} on ${height}x${width}`);
  const output = [Number(steps[0]), Number(steps[1])] as const;
  const bottom = Math.max(0, (output[0] - 1) * strides[0] + poolSize[0] - height - top);
  const right = Math.max(0, (output[1] - 1) * strides[1] + poolSize[1] - width - left);
  return {
    output,
    reach: [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
  };
}

/** The shape that a pool gives, as far as it is known. */
export function pooledSizes(args: PoolArgs, [batch, height, width, channels]: Sizes): Sizes {
  const rows = typeof height === 'number' ? planPool(args, height, args.poolSize[1]).output[0] : undefined;
  const columns = typeof width === 'number' ? planPool(args, args.poolSize[0], width).output[1] : undefined;
  return [known(batch), rows ?? known(height), columns ?? known(width), known(channels)];
}

/** The arguments as they are saved. */
export function poolConfig({ poolSize, strides, cells, ceil }: PoolArgs) {
  return { poolSize, strides, cells: [...cells], ceil };
}

function windowOf({ poolSize, strides, cells }: PoolArgs): Sliding {
  const [top, bottom, left, right] = cells;
  return {
    kernel: poolSize,
    stride: strides,
    dilation: [1, 1],
    pad: { kind: 'explicit', top, bottom, left, right },
  };
}

function known(size: Sizes[number] | undefined): Sizes[number] {
  if (size === undefined) throw new Error('a pool takes images');
  return size;
}
