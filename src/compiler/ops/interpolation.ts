import type { Pair } from './types/pair.js';

/** How values between cells are found. */
export const interpolations = ['nearest', 'bilinear'] as const;

/** `nearest` or `bilinear`. */
export type Interpolation = (typeof interpolations)[number];

/** Operations for one output value: bilinear weighs four cells and sums them. */
export function interpolationWork(mode: Interpolation): number {
  return mode === 'bilinear' ? 7 : 0;
}

/** The cells in rows and columns that one output value depends on. */
export function interpolationReach(mode: Interpolation): Pair {
  return mode === 'bilinear' ? [2, 2] : [1, 1];
}
