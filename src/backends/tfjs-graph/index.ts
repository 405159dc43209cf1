import type { Graph } from '../../compiler/ir/graph.js';
import { foldingPasses, inferencePasses, optimise } from '../../compiler/optimise/pipeline.js';
import type { Pass } from '../../compiler/optimise/rewrite.js';
import type { BuildOptions, Target } from '../backend.js';
import type { Weights } from '../weights.js';
import { graphFormat, namesOf } from './format.js';
import { fuse } from './fuse.js';
import { lower, targetName } from './lower.js';
import { placesOf } from './places.js';

/** Frozen models that `tf.loadGraphModel` loads and runs. */
export const tfjsGraph: Target = {
  name: targetName,
  summary: 'model.json and shards of weights, for tf.loadGraphModel: frozen, and faster',
  // Folding takes away what can always be expressed, so that nothing is found without it that isn't found with it.
  check: (graph, options) =>
    lower(simplified(graph, new Map(), inferencePasses, options).graph, options).diagnostics,
  build(graph, weights, options) {
    const passes = [...inferencePasses, ...foldingPasses];
    const simple = simplified(graph, weights, passes, options);
    const { model, tensors, diagnostics } = lower(simple.graph, options);
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (error !== undefined) throw new Error(`built without a check: ${error.message}`);
    const fused = fuse(model);
    return {
      files: graphFormat(fused, simple.weights, options?.metadata),
      notes: diagnostics,
      tensors: placesOf(graph, simple.graph, tensors, namesOf(fused)),
    };
  },
};

/** The model as the passes leave it; outputs of training stay where they are wanted. */
function simplified(
  graph: Graph,
  weights: Weights,
  passes: readonly Pass[],
  { training = false }: BuildOptions = {},
) {
  const wanted = training ? passes.filter(({ name }) => name !== 'drop-training') : passes;
  return optimise({ graph, weights }, wanted).model;
}
