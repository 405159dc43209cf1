import type { Generator } from '../random/generator.js';
import { shuffledIndices } from '../random/shuffle.js';

/** Which examples are kept apart and which are left, by index, ascending. */
export interface Apart {
  readonly kept: readonly number[];
  readonly rest: readonly number[];
}

/** Keeps a share of each class apart: at least one example, of a class with a single one none. */
export function keepApart(labels: ArrayLike<number>, share: number, generator: Generator): Apart {
  const byClass = new Map<number, number[]>();
  for (const [index, label] of Array.from(labels).entries()) {
    const known = byClass.get(label);
    if (known === undefined) byClass.set(label, [index]);
    else known.push(index);
  }
  const apart = new Set<number>();
  for (const [label, indices] of byClass) {
    const order = shuffledIndices(indices.length, generator.fork(`division ${String(label)}`));
    const count = indices.length < 2 ? 0 : Math.max(1, Math.floor(indices.length * share + 1e-9));
    for (const place of order.subarray(0, count)) apart.add(indices[place] ?? 0);
  }
  const all = Array.from({ length: labels.length }, (_, index) => index);
  return { kept: all.filter((index) => apart.has(index)), rest: all.filter((index) => !apart.has(index)) };
}
