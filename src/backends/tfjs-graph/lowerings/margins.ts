import type { Shape } from '../../../compiler/ops/op.js';
import { imageAt } from '../../../compiler/ops/sizes.js';
import type { Cells } from '../../../compiler/ops/types/cells.js';
import { edgesOf, type Sliding } from '../../../compiler/ops/window.js';
import { type } from '../attributes.js';
import type { Call } from '../call.js';
import type { Tensor } from '../operation.js';
import { sizesRow } from './sizes.js';

/** The padding of a window in cells, if no open size decides it. */
export function knownCells(window: Sliding, shape: Shape): Cells | undefined {
  const [rows, columns] = edgesOf(window, imageAt([shape]));
  const [top, bottom, left, right] = [rows.before, rows.behind, columns.before, columns.behind];
  return typeof top === 'number' &&
    typeof bottom === 'number' &&
    typeof left === 'number' &&
    typeof right === 'number'
    ? { top, bottom, left, right }
    : undefined;
}

/** Images with cells of one value around them. */
export function padded(call: Call, x: Tensor, cells: Cells, value = 0): Tensor {
  if (isNone(cells)) return x;
  const { top, bottom, left, right } = cells;
  const paddings = call.integers([0, 0, top, bottom, left, right, 0, 0], [4, 2]);
  return call.add('PadV2', [x, paddings, call.floats([value], [])]);
}

/** Images with as many cells of zero around them as a window needs, which open sizes decide. */
export function paddedFor(call: Call, x: Tensor, window: Sliding, shape: Shape): Tensor {
  const [rows, columns] = edgesOf(window, imageAt([shape]));
  const sides = sizesRow(call, [0, 0, rows.before, rows.behind, columns.before, columns.behind, 0, 0]);
  const paddings = call.add('Reshape', [sides, call.integers([4, 2])], { T: type('DT_INT32') });
  return call.add('PadV2', [x, paddings, call.floats([0], [])]);
}

/** Whether no side has cells. */
export function isNone({ top, bottom, left, right }: Cells): boolean {
  return top + bottom + left + right === 0;
}
