import type { WeightFile } from '../../../src/runtime/weights/weight-file.js';
import type { WeightArray } from '../../../src/runtime/weights/weights.js';

/** A file with these arrays, in this order. */
export function fileOf(arrays: Readonly<Record<string, WeightArray>>): WeightFile {
  return {
    format: 'test',
    weights: new Map(Object.entries(arrays)),
    stored: new Map(),
    metadata: new Map(),
    notes: [],
  };
}

/** An array of zeros. */
export function zeros(...shape: readonly number[]): WeightArray {
  return { shape, values: new Float32Array(shape.reduce((product, size) => product * size, 1)) };
}
