import { poolWindow } from '../../../compiler/ops/pool.js';
import type { NodeOf } from '../../../compiler/ir/graph.js';
import type { Cells } from '../../../compiler/ops/types/cells.js';
import { add, multiply, subtract } from '../../../compiler/values/exact.js';
import { named, only, type Call, type Lowering } from '../call.js';
import type { Config, Tensor } from '../layer.js';
import { customNote } from './custom.js';
import { everyNth } from './every-nth.js';
import { knownCells, padded, paddedFor } from './margins.js';

/** Maximum or average of a window. */
export const pool: Lowering<'pool'> = (node, call) => {
  const { args, shape } = node;
  const { kernel, stride, pad } = poolWindow(args);
  const x = only(call);
  if (kernel[0] === 1 && kernel[1] === 1) return everyNth(call, undefined, x, { stride, shape });
  const isAverage = args.mode === 'avg';
  const className = isAverage ? 'AveragePooling2D' : 'MaxPooling2D';
  const window: Config = { pool_size: kernel, strides: stride };
  const countsAll = !isAverage || !args.count_padding;
  if (pad.kind === 'same' && countsAll) {
    if (isAverage && !isInside(reachOf(node, x)))
      call.warnOfGradient('the gradient of an average takes the padding for a part of the window');
    return call.add(named(className, undefined, { ...window, padding: 'same' }, shape), x);
  }
  const reach = reachOf(node, x);
  const isPlain = isAverage ? countsTheSame(node, reach) : isInside(reach) || call.isNonNegative;
  if (reach !== undefined && isPlain) {
    const wide = padded(call, 'pad', x, reach);
    return call.add(named(className, undefined, { ...window, padding: 'valid' }, shape), wide);
  }
  // Here `same` counts all its cells, and open sizes decide how many.
  if (pad.kind === 'same') {
    const wide = paddedFor(call, 'pad', x, poolWindow(args));
    return call.add(named(className, undefined, { ...window, padding: 'valid' }, shape), wide);
  }
  const cells = pad.kind === 'valid' ? [0, 0, 0, 0] : [pad.top, pad.bottom, pad.left, pad.right];
  return custom(node, call, { window, cells });
};

/** One number of each channel. */
export function globalPool(className: string): Lowering<'gap' | 'gmp'> {
  return ({ shape }, call) => call.add(named(className, undefined, {}, shape), only(call));
}

/** The padding that windows reach, also beyond what was written; absent where open sizes decide it. */
function reachOf({ args, shape }: NodeOf<'pool'>, x: Tensor): Cells | undefined {
  const window = poolWindow(args);
  const cells = knownCells(window, x.shape);
  if (cells === undefined) return undefined;
  const spare = [0, 1].map((direction) => {
    const [step = 1, size = 1] = [window.stride[direction], window.kernel[direction]];
    const first = direction === 0 ? cells.top : cells.left;
    const end = add(multiply(subtract(shape[direction] ?? 1, 1), step), size - first);
    return subtract(end, x.shape[direction] ?? 1);
  });
  const [bottom, right] = spare;
  if (typeof bottom === 'number' && typeof right === 'number')
    return { top: cells.top, left: cells.left, bottom: Math.max(0, bottom), right: Math.max(0, right) };
  // Rounded down, no window reaches beyond what was written.
  return args.ceil ? undefined : cells;
}

function isInside(reach: Cells | undefined): boolean {
  return reach !== undefined && reach.top + reach.bottom + reach.left + reach.right === 0;
}

/** Whether every window of an average counts all its cells. */
function countsTheSame({ args }: NodeOf<'pool'>, reach: Cells | undefined): boolean {
  if (isInside(reach)) return true;
  const { pad } = args;
  if (reach === undefined || !args.count_padding) return false;
  return pad.kind === 'explicit'
    ? reach.bottom <= pad.bottom && reach.right <= pad.right
    : pad.kind === 'same';
}

interface Custom {
  readonly window: Config;
  /** At the top, bottom, left and right. */
  readonly cells: readonly number[];
}

function custom({ args, shape }: NodeOf<'pool'>, call: Call, { window, cells }: Custom): Tensor {
  const className = args.mode === 'avg' ? 'CnncAveragePooling2D' : 'CnncMaxPooling2D';
  call.note(customNote(className));
  const counting: Config = args.mode === 'avg' ? { count_padding: args.count_padding } : {};
  const config = { ...window, cells, ceil: args.ceil, ...counting };
  return call.add(named(className, undefined, config, shape), only(call));
}
