import { divide, subtract, type Exact } from '../values/exact.js';
import type { WindowSpec } from './op.js';
import type { Pair } from './types/pair.js';

/** How values between cells are found. */
export const interpolations = ['nearest', 'bilinear'] as const;

/** `nearest` or `bilinear`. */
export type Interpolation = (typeof interpolations)[number];

/** Operations for one output value: bilinear weighs four cells and sums them. */
export function interpolationWork(mode: Interpolation): number {
  return mode === 'bilinear' ? 7 : 0;
}

/** The cells that one output value depends on, where `from` rows and columns become `to`: half-pixel centres. */
export function interpolationWindow(mode: Interpolation, from: Pair, to: Pair): WindowSpec {
  const reach = mode === 'bilinear' ? 2 : 1;
  return {
    kernel: [reach, reach],
    stride: from,
    dilation: [1, 1],
    padBefore: [shift(mode, from[0], to[0]), shift(mode, from[1], to[1])],
    upsampling: to,
  };
}

/** Output row i looks at (i + 1/2) · from / to: the cell that this lies in, or, half a cell before, the first of two. */
function shift(mode: Interpolation, from: number, to: number): Exact {
  const half = divide(from, 2 * to) ?? 0;
  return mode === 'bilinear' ? subtract(divide(1, 2) ?? 0, half) : subtract(0, half);
}
