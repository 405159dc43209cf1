import type { Shape } from '../ops/op.js';
import { multiply, product, type Exact } from '../values/exact.js';

/** The types in which values may be stored, each with the bytes of one value. */
export const bytesOfType = { float32: 4, float16: 2, int8: 1 } as const;

/** The name of a type of stored values. */
export type DType = keyof typeof bytesOfType;

/** Bytes of one value where nothing else is said: fp32. */
export const bytesPerValue = bytesOfType.float32;

/** The bytes of one tensor for one image. */
export function bytesOf(shape: Shape, dtype: DType = 'float32'): Exact {
  return multiply(bytesOfType[dtype], product(shape));
}

/** Tells the names of types. */
export function isDType(name: string): name is DType {
  return Object.hasOwn(bytesOfType, name);
}
