import type { Target } from '../../backends/backend.js';
import { tfjsGraph } from '../../backends/tfjs-graph/index.js';
import { tfjsLayers } from '../../backends/tfjs-layers/index.js';
import type { Graph } from '../../compiler/ir/graph.js';
import type { Weights } from '../weights/weights.js';
import { graphRunner } from './graph-runner.js';
import { layersRunner } from './layers-runner.js';
import type { GraphLoader, LayersLoader } from './loaders.js';
import type { Runner } from './runner.js';
import type { Skipped } from '../../report/verification.js';

/** Where the loaders of TensorFlow.js are, or why there is none. */
export interface Loaders {
  readonly layers: Found<LayersLoader>;
  readonly graph: Found<GraphLoader>;
}

/** Something that was looked for. */
export type Found<Loader> =
  { readonly kind: 'found'; readonly loader: Loader } | { readonly kind: 'absent'; readonly why: string };

/** A way to run every target that can be loaded and can express the model; of the others why not. */
export function targetRunners(
  graph: Graph,
  weights: Weights,
  loaders: Loaders,
): readonly (Runner | Skipped)[] {
  return [
    runnerOf(tfjsLayers, graph, loaders.layers, (loader) => layersRunner(loader, graph, weights)),
    runnerOf(tfjsGraph, graph, loaders.graph, (loader) => graphRunner(loader, graph, weights)),
  ];
}

function runnerOf<Loader>(
  target: Target,
  graph: Graph,
  found: Found<Loader>,
  make: (loader: Loader) => Runner,
): Runner | Skipped {
  if (found.kind === 'absent') return { name: target.name, why: found.why };
  const error = target.check(graph).find(({ severity }) => severity === 'error');
  return error === undefined ? make(found.loader) : { name: target.name, why: error.message };
}
