import type { Graph } from '../../compiler/ir/graph.js';
import { planExecution } from '../executor/plan.js';
import { makeGenerator } from '../random/generator.js';
import { initialize } from '../random/initialize.js';
import type { Weights } from './weights.js';

/** Fresh weights of a model. Each array is drawn by its own name, so that a layer more or less leaves the others as they were. */
export function initialWeights(graph: Graph, seed: number): Weights {
  const generator = makeGenerator(seed).fork('weights');
  return new Map(
    planExecution(graph).weights.map(({ name, shape, spec }) => [
      name,
      { shape, values: initialize(spec.initializer, shape, generator.fork(name)) },
    ]),
  );
}
