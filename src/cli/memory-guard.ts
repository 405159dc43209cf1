import { figuresOf, totalOf } from '../compiler/analyse/figures.js';
import { inferencePeak } from '../compiler/analyse/memory.js';
import type { Graph } from '../compiler/ir/graph.js';
import { add, compare, multiply, toGrouped, type Exact } from '../compiler/values/exact.js';
import { usageFailure } from './failure.js';

/** How much memory a run may be predicted to take where `--limit-memory` says nothing. */
const usualMemory = 2 * 2 ** 30;

/** Refuses to read images with a model that would take too much memory, before anything is allocated. */
export function guardReading(graph: Graph, batch: number, limit: number | undefined): void {
  const { weightBytes } = totalOf(figuresOf(graph));
  guard(graph.name, add(weightBytes, multiply(batch, inferencePeak(graph).bytes)), limit);
}

/**
 * The same for training: weights, their gradients and two arrays of the optimizer's, and the output of every layer, which
 * the way back reads.
 */
export function guardTraining(graph: Graph, batch: number, limit: number | undefined): void {
  const { weightBytes, activationBytes } = totalOf(figuresOf(graph, { training: true }));
  guard(graph.name, add(multiply(4, weightBytes), multiply(batch, activationBytes)), limit);
}

function guard(name: string, bytes: Exact, limit = usualMemory): void {
  if (compare(bytes, limit) !== 1) return;
  throw usageFailure(
    `running \`${name}\` is predicted to take too much memory: limit ${toGrouped(limit)} bytes, got ${toGrouped(bytes)}`,
    'make the batch smaller with `--batch`, or raise the limit with `--limit-memory`',
  );
}
