import type { Shape } from '../ops/op.js';
import { multiply, product, type Exact } from '../values/exact.js';

/** Bytes of one value: everything is stored and computed as fp32. */
export const bytesPerValue = 4;

/** The bytes of one tensor for one image. */
export function bytesOf(shape: Shape): Exact {
  return multiply(bytesPerValue, product(shape));
}
