import { expect } from 'vitest';
import { encodeSafetensors } from '../../../src/runtime/index.js';
import type { Weights } from '../../../src/runtime/weights/weights.js';
import { usualEngine } from '../engines.js';

/**
 * Two trainings that are the same have the same weights, byte for byte; on TensorFlow's native library, whose threads add
 * in any order, to 1e-5.
 */
export function expectSameWeights(found: Weights, wanted: Weights, what?: string): void {
  if (usualEngine === 'node') expect(largestDifference(found, wanted), what).toBeLessThan(1e-5);
  else expect(encodeSafetensors(found), what).toEqual(encodeSafetensors(wanted));
}

/** The largest difference of two values of the same weight. */
export function largestDifference(ones: Weights, others: Weights): number {
  expect([...ones.keys()].sort()).toEqual([...others.keys()].sort());
  let largest = 0;
  for (const [name, { values }] of ones) {
    const other = others.get(name)?.values;
    for (const [place, value] of values.entries()) {
      largest = Math.max(largest, Math.abs(value - (other?.[place] ?? Number.NaN)));
    }
  }
  return largest;
}
