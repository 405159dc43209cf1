import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { marginsOf, type Images } from './geometry.js';
import type { PoolWindow } from './pool-window.js';

/**
 * How much larger the average over a window's counted cells is than that over the whole window, `[1, rows, columns, 1]`;
 * nothing where all windows count all their cells.
 */
export function windowCells(images: Images, window: PoolWindow, countPadding: boolean): Tensor | undefined {
  const { top, bottom, left, right } = marginsOf(window, images);
  const { output } = window;
  const alsoCounts = countPadding ? 1 : 0;
  const rows = counted(window, 0, {
    size: images.height,
    start: top,
    counts: [top * alsoCounts, bottom * alsoCounts],
  });
  const columns = counted(window, 1, {
    size: images.width,
    start: left,
    counts: [left * alsoCounts, right * alsoCounts],
  });
  const size = window.kernel[0] * window.kernel[1];
  const shares = rows.flatMap((inRow) => columns.map((inColumn) => size / (inRow * inColumn)));
  return shares.every((share) => share === 1)
    ? undefined
    : tensor(shares, [1, output[0], output[1], 1], 'float32');
}

/** The cells along one direction. */
interface Line {
  readonly size: number;
  /** How far before them the first window begins. */
  readonly start: number;
  /** How many cells before and behind them count as well. */
  readonly counts: readonly [number, number];
}

/** How many cells of each window along one direction count. */
function counted(
  { kernel, stride, output }: PoolWindow,
  direction: 0 | 1,
  { size, start, counts: [before, behind] }: Line,
): readonly number[] {
  return Array.from({ length: output[direction] }, (_, place) => {
    const from = place * stride[direction] - start;
    const to = from + kernel[direction];
    return Math.min(to, size + behind) - Math.max(from, -before);
  });
}
