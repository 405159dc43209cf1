import { makeGenerator } from '../random/generator.js';
import { shuffledIndices } from '../random/shuffle.js';

/** Which examples are for training and which for tests, by index, ascending. */
export interface Division {
  readonly training: readonly number[];
  readonly test: readonly number[];
}

/**
 * Keeps a fifth of each class for tests, of a class with a single example none. The same labels are always divided in the
 * same way, whatever seed a model is trained with: test examples stay unseen.
 */
export function divide(labels: ArrayLike<number>): Division {
  const byClass = new Map<number, number[]>();
  for (const [index, label] of Array.from(labels).entries()) {
    const known = byClass.get(label);
    if (known === undefined) byClass.set(label, [index]);
    else known.push(index);
  }
  const test = new Set<number>();
  for (const [label, indices] of byClass) {
    const order = shuffledIndices(indices.length, makeGenerator(0).fork(`division ${String(label)}`));
    const kept = indices.length < 2 ? 0 : Math.max(1, Math.floor(indices.length / 5));
    for (const place of order.subarray(0, kept)) test.add(indices[place] ?? 0);
  }
  const all = Array.from({ length: labels.length }, (_, index) => index);
  return { training: all.filter((index) => !test.has(index)), test: all.filter((index) => test.has(index)) };
}
