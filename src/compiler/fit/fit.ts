import type { Graph } from '../ir/graph.js';
import { add, compare, maximum, type Exact } from '../values/exact.js';
import { trainingDemand, trainingMemory, type TrainingMemory } from '../analyse/training-memory.js';
import type { FitOptions } from './fit-options.js';
import { waysOut, type WayOut } from './ways-out.js';

/** Whether a training fits into memory, what it takes, and what would change that. */
export interface Fit {
  readonly graph: Graph;
  readonly options: FitOptions;
  readonly fits: boolean;
  /** The largest batch that fits; 0 where not even one image does. */
  readonly largest: Exact;
  /** The batch that the figures are of: the one that was asked for, else the largest, and one image where none fits. */
  readonly batch: Exact;
  readonly memory: TrainingMemory;
  /** What one image more than the largest batch would take. */
  readonly beyond: Exact;
  /** Changes that take less memory for this batch, what saves most first. */
  readonly waysOut: readonly WayOut[];
}

/** Finds the largest batch of a training that fits into memory, and the ways out. Every size of the graph is closed. */
export function fitTraining(graph: Graph, options: FitOptions): Fit {
  const demand = trainingDemand(graph, options);
  const largest = demand.largestBatch(options.bytes);
  const batch = options.batch ?? maximum(1, largest);
  return {
    graph,
    options,
    fits: compare(largest, options.batch ?? 1) !== -1,
    largest,
    batch,
    memory: trainingMemory(graph, { ...options, batch }),
    beyond: demand.bytesFor(add(largest, 1)),
    waysOut: waysOut(graph, { ...options, batch }, demand),
  };
}
