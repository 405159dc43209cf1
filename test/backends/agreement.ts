import { tensor as upload, type Tensor as Uploaded } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Graph } from '../../src/compiler/ir/graph.js';
import type { BuildOptions, Built } from '../../src/backends/backend.js';
import { tfjsLayers } from '../../src/backends/tfjs-layers/index.js';
import type { Weights } from '../../src/backends/weights.js';
import { download } from '../conformance/engine.js';
import type { Tensors } from '../interpreter/interpret.js';
import { tensor, type Tensor } from '../interpreter/tensor.js';

/** Builds a graph with these weights for tfjs-layers. */
export function buildLayers(graph: Graph, weights: Tensors, options: BuildOptions = {}): Built {
  return tfjsLayers.build(graph, weightsOf(weights), options);
}

/** What a loaded model gives for inputs by the paths of their nodes, in the order of its outputs. */
export function predictWith(model: LayersModel, inputs: Tensors): readonly Tensor[] {
  const given = model.inputNames.map((name) => {
    const { shape, values } = inputs.get(name) ?? tensor([0], []);
    return upload(Float32Array.from(values), [...shape], 'float32');
  });
  const output = model.predict(given);
  const outputs: readonly Uploaded[] = Array.isArray(output) ? output : [output];
  for (const input of given) input.dispose();
  return outputs.map(download);
}

/** Weights of the interpreter as those of a model. */
function weightsOf(weights: Tensors): Weights {
  return new Map(
    [...weights].map(([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }]),
  );
}
