import type { Shape } from '../../../compiler/ops/op.js';
import { imageAt } from '../../../compiler/ops/sizes.js';
import type { Cells } from '../../../compiler/ops/types/cells.js';
import { edgesOf, type Sliding } from '../../../compiler/ops/window.js';
import { add, subtract, type Exact } from '../../../compiler/values/exact.js';
import { named, openCount, type Call } from '../call.js';
import type { Tensor } from '../layer.js';
import { customNote } from './custom.js';
import { moveInwards } from './moving.js';

/** The padding of a window in cells, if no open size decides it. */
export function knownCells(window: Sliding, shape: Shape): Cells | undefined {
  const [rows, columns] = edgesOf(window, imageAt([shape]));
  const [top, bottom, left, right] = [rows.before, rows.behind, columns.before, columns.behind];
  return isNumber(top) && isNumber(bottom) && isNumber(left) && isNumber(right)
    ? { top, bottom, left, right }
    : undefined;
}

/** Images with zeros around them. */
export function padded(call: Call, part: string | undefined, x: Tensor, cells: Cells): Tensor {
  if (isNothing(cells)) return x;
  return call.add(named('ZeroPadding2D', part, { padding: sides(cells) }, grown(x.shape, cells)), x);
}

/** Images with as many zeros around them as `same` counts, which open sizes decide. */
export function paddedFor(call: Call, part: string | undefined, x: Tensor, window: Sliding): Tensor {
  const [rows, columns] = edgesOf(window, imageAt([x.shape]));
  const { height, width, channels } = imageAt([x.shape]);
  const shape = [
    add(height, add(rows.before, rows.behind)),
    add(width, add(columns.before, columns.behind)),
    channels,
  ];
  const config = { kernel_size: window.kernel, strides: window.stride, dilation_rate: window.dilation };
  call.note(customNote('CnncSamePadding2D'));
  return call.add(named('CnncSamePadding2D', part, config, shape), x);
}

/** Images without the cells at their sides. */
export function cropped(call: Call, part: string | undefined, x: Tensor, cells: Cells): Tensor {
  if (isNothing(cells)) return x;
  const shape = shrunk(x.shape, cells);
  // Cropping2D takes the cells from sizes that it doesn't know, too, after which they agree with no others.
  if (openCount(x.shape) > 0) return moveInwards(call, x, cells, { part, shape });
  return call.add(named('Cropping2D', part, { cropping: sides(cells) }, shape), x);
}

/** The shape with cells added at the sides. */
export function grown(shape: Shape, { top, bottom, left, right }: Cells): Shape {
  const { height, width, channels } = imageAt([shape]);
  return [add(height, top + bottom), add(width, left + right), channels];
}

function shrunk(shape: Shape, { top, bottom, left, right }: Cells): Shape {
  const { height, width, channels } = imageAt([shape]);
  return [subtract(height, top + bottom), subtract(width, left + right), channels];
}

function sides({ top, bottom, left, right }: Cells) {
  return [
    [top, bottom],
    [left, right],
  ];
}

function isNothing({ top, bottom, left, right }: Cells): boolean {
  return top + bottom + left + right === 0;
}

function isNumber(size: Exact): size is number {
  return typeof size === 'number';
}
