import { figuresOf, totalOf } from '../compiler/analyse/figures.js';
import { trainingMemory } from '../compiler/analyse/training-memory.js';
import type { Graph } from '../compiler/ir/graph.js';
import { add, compare, multiply, toGrouped, type Exact } from '../compiler/values/exact.js';
import { executionPeak } from '../runtime/executor/peak.js';
import { usageFailure } from './failure.js';

/** How much memory a run may be predicted to take where `--limit-memory` says nothing. */
const usualMemory = 2 * 2 ** 30;

/** Refuses to read images with a model that would take too much memory, before anything is allocated. */
export function guardReading(graph: Graph, batch: number, limit: number | undefined): void {
  guard(graph.name, readingBytes(graph, batch), limit);
}

/** What reading a batch takes: the weights, and the activations at the executor's peak. */
export function readingBytes(graph: Graph, batch: number): Exact {
  const { weightBytes } = totalOf(figuresOf(graph));
  return add(weightBytes, executionPeak(graph, batch).bytes);
}

/** The same for a run that keeps what every layer gives, on the engine and twice on the host. */
export function guardTracing(graph: Graph, batch: number, limit: number | undefined): void {
  const { weightBytes, activationBytes } = totalOf(figuresOf(graph));
  guard(graph.name, add(multiply(3, weightBytes), multiply(3 * batch, activationBytes)), limit);
}

/** The same for training; the hungriest optimizer keeps two values for each weight. */
export function guardTraining(graph: Graph, batch: number, limit: number | undefined): void {
  const advice = '; `cnnc fit` tells the largest batch that fits, and other ways out';
  guard(graph.name, trainingMemory(graph, { batch, slots: 2 }).total, limit, advice);
}

function guard(name: string, bytes: Exact, limit = usualMemory, advice = ''): void {
  if (compare(bytes, limit) !== 1) return;
  throw usageFailure(
    `running \`${name}\` is predicted to take too much memory: limit ${toGrouped(limit)} bytes, got ${toGrouped(bytes)}`,
    `make the batch smaller with \`--batch\`, or raise the limit with \`--limit-memory\`${advice}`,
  );
}
