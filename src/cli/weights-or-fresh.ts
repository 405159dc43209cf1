import type { Graph } from '../compiler/ir/graph.js';
import { initialWeights } from '../runtime/weights/initial-weights.js';
import type { WeightFile } from '../runtime/weights/weight-file.js';
import type { Ended } from './ended.js';
import { usualSeed } from './flags.js';
import type { Io } from './io.js';
import { readWeights } from './read-weights.js';

/** What weights are read from or drawn from. */
export interface WeightFlags {
  readonly weights?: string;
  readonly mapping?: string;
  readonly seed?: number;
}

/** The weights of a model and what is said beside them. */
export type GivenWeights = Pick<WeightFile, 'weights' | 'metadata'>;

/** Trained weights from a file, or fresh ones. */
export function weightsOrFresh(
  io: Io,
  graph: Graph,
  file: string,
  { weights, mapping, seed }: WeightFlags,
): GivenWeights | Ended {
  if (weights === undefined)
    return { weights: initialWeights(graph, seed ?? usualSeed), metadata: new Map() };
  return readWeights(io, graph, { file, weights, ...(mapping === undefined ? {} : { mapping }) });
}
