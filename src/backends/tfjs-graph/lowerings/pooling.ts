import { poolWindow } from '../../../compiler/ops/pool.js';
import type { OpKind } from '../../../compiler/ops/registry.js';
import type { Shape } from '../../../compiler/ops/op.js';
import type { Cells } from '../../../compiler/ops/types/cells.js';
import type { Sliding } from '../../../compiler/ops/window.js';
import { isOpen, toNumber } from '../../../compiler/values/exact.js';
import { boolean, integers, word, type Attributes } from '../attributes.js';
import { only, type Arriving, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../operation.js';
import { isNone, knownCells, padded, paddedFor } from './margins.js';
import { everyNth } from './sizes.js';

/** Maximum or average of a window. */
export const pool: Lowering<'pool'> = ({ args, shape }, call) => {
  const window = poolWindow(args);
  const x = only(call);
  // Some engines don't pool with a window of one cell.
  if (window.kernel[0] * window.kernel[1] === 1) return everyNth(call, x, window.stride);
  const isMax = args.mode === 'max';
  const countsImage = isMax || !args.count_padding;
  // TensorFlow's own padding loses every maximum, and an average doesn't count it.
  if (window.pad.kind === 'same' && countsImage) return pooled(call, args.mode, x, { window, pad: 'SAME' });
  const cells = knownCells(window, x.shape);
  // Only `same` waits for a size, and what it adds counts here.
  if (cells === undefined)
    return pooled(call, args.mode, paddedFor(call, x, window, x.shape), { window, pad: 'VALID' });
  const reach = args.ceil && window.pad.kind !== 'same' ? reachUp(window, cells) : cells;
  const wide = padded(call, x, reach, isMax ? Number.NEGATIVE_INFINITY : 0);
  const value = pooled(call, args.mode, wide, { window, pad: 'VALID' });
  if (isMax || isNone(reach)) return value;
  const counted = countsImage ? none : cells;
  return shape.some(isOpen)
    ? call.add('RealDiv', [value, countedShares(call, x, { window, reach, counted })])
    : corrected(call, value, { window, shape, arriving: x.shape, cells, counted });
};

/** One number of each channel. */
export function globalPool(op: 'Mean' | 'Max'): Lowering<OpKind> {
  return (_node, call) => call.add(op, [only(call), call.integers([1, 2])], { keep_dims: boolean(false) });
}

const none: Cells = { top: 0, bottom: 0, left: 0, right: 0 };

function pooled(
  call: Call,
  mode: 'max' | 'avg',
  x: Tensor,
  { window, pad }: { readonly window: Sliding; readonly pad: 'SAME' | 'VALID' },
): Tensor {
  const attributes: Attributes = {
    ksize: integers([1, ...window.kernel, 1]),
    strides: integers([1, ...window.stride, 1]),
    padding: word(pad),
    data_format: word('NHWC'),
  };
  return call.add(mode === 'max' ? 'MaxPool' : 'AvgPool', [x], attributes);
}

/**
 * The padding with which rounding down gives as many windows as rounding up gives without: a last window may lack up to
 * stride - 1 cells, and must begin before the padding behind the image. With s the stride and b the cells behind, that are
 * min(kernel - 1, b + s - 1) cells, whatever the size of the image.
 */
function reachUp({ kernel, stride }: Sliding, cells: Cells): Cells {
  return {
    ...cells,
    bottom: Math.min(kernel[0] - 1, cells.bottom + stride[0] - 1),
    right: Math.min(kernel[1] - 1, cells.right + stride[1] - 1),
  };
}

/** The share of the cells of each window that count, for images of any size. */
function countedShares(
  call: Call,
  x: Arriving,
  { window, reach, counted }: { readonly window: Sliding; readonly reach: Cells; readonly counted: Cells },
): Tensor {
  const ones = padded(call, call.add('OnesLike', [x]), counted, 1);
  const rest = {
    top: reach.top - counted.top,
    bottom: reach.bottom - counted.bottom,
    left: reach.left - counted.left,
    right: reach.right - counted.right,
  };
  return pooled(call, 'avg', padded(call, ones, rest), { window, pad: 'VALID' });
}

/** Windows over an image whose sizes are known. */
interface Counting {
  readonly window: Sliding;
  readonly shape: Shape;
  readonly arriving: Shape;
  readonly cells: Cells;
  /** The cells beside the image that count as well. */
  readonly counted: Cells;
}

/** Averages over whole windows as averages over the cells that count. */
function corrected(call: Call, value: Tensor, { window, shape, arriving, cells, counted }: Counting): Tensor {
  const [height, width, rows, columns] = [arriving[0], arriving[1], shape[0], shape[1]].map((size = 1) =>
    toNumber(size),
  );
  const down = sharesAlong({
    kernel: window.kernel[0],
    stride: window.stride[0],
    before: cells.top,
    from: -counted.top,
    to: (height ?? 1) + counted.bottom,
    steps: rows ?? 1,
  });
  const across = sharesAlong({
    kernel: window.kernel[1],
    stride: window.stride[1],
    before: cells.left,
    from: -counted.left,
    to: (width ?? 1) + counted.right,
    steps: columns ?? 1,
  });
  const shares = down.flatMap((inRow) => across.map((inColumn) => inRow * inColumn));
  if (shares.every((share) => share === 1)) return value;
  return call.add('Mul', [value, call.floats(shares, [1, down.length, across.length, 1])]);
}

/** Windows along one direction, and the places that count. */
interface Line {
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** How many times as many cells each window has as count. */
function sharesAlong({ kernel, stride, before, from, to, steps }: Line): readonly number[] {
  return Array.from({ length: steps }, (_, step) => {
    const first = step * stride - before;
    return kernel / (Math.min(first + kernel, to) - Math.max(first, from));
  });
}
