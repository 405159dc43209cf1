import type { Generator } from './generator.js';

/** The whole numbers from 0 up to `count` in random order, each order equally likely (Fisher & Yates). */
export function shuffledIndices(count: number, generator: Generator): Uint32Array {
  const indices = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = generator.below(last + 1);
    const kept = indices[last] ?? 0;
    indices[last] = indices[other] ?? 0;
    indices[other] = kept;
  }
  return indices;
}
