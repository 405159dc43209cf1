import type { Shape } from '../../../compiler/ops/op.js';
import { imageAt } from '../../../compiler/ops/sizes.js';
import type { Cells } from '../../../compiler/ops/types/cells.js';
import { edgesOf, type Sliding } from '../../../compiler/ops/window.js';
import type { Call } from '../call.js';
import type { Tensor } from '../operation.js';

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

/** Whether no side has cells. */
export function isNone({ top, bottom, left, right }: Cells): boolean {
  return top + bottom + left + right === 0;
}
