import { figuresOf, totalOf } from '../compiler/analyse/figures.js';
import type { Graph } from '../compiler/ir/graph.js';
import { compare, multiply, toGrouped } from '../compiler/values/exact.js';
import { usageFailure } from './failure.js';

/** Refuses to build a model whose weights would take too much memory, twice: as numbers and as the bytes of files. */
export function guardWeights(graph: Graph, limit: number = usualMemory): void {
  const { weightBytes } = totalOf(figuresOf(graph, { training: true }));
  const bytes = multiply(2, weightBytes);
  if (compare(bytes, limit) !== 1) return;
  throw usageFailure(
    `building \`${graph.name}\` is predicted to take too much memory: limit ${toGrouped(limit)} bytes, got ${toGrouped(bytes)}`,
    'raise the limit with `--limit-memory`',
  );
}

/** How much memory a build may be predicted to take where `--limit-memory` says nothing. */
const usualMemory = 2 * 2 ** 30;
