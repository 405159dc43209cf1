import * as core from '@tensorflow/tfjs-core';
import { tfjsLayers } from '../../backends/tfjs-layers/index.js';
import type { Graph } from '../../compiler/ir/graph.js';
import { registerLayers } from '../../tfjs/index.js';
import type { Weights } from '../weights/weights.js';
import { artifactsOf } from './artifacts.js';
import type { LayersLoader } from './loaders.js';
import { read } from './read.js';
import { inputPaths, layerPaths } from './paths.js';
import type { Runner } from './runner.js';

/** Builds a model for tfjs-layers, loads it as everyone does and reads what its layers give. */
export function layersRunner(loader: LayersLoader, graph: Graph, weights: Weights): Runner {
  return {
    name: tfjsLayers.name,
    async run(inputs) {
      registerLayers({ ...core, ...loader });
      const built = tfjsLayers.build(graph, weights);
      const model = await loader.loadLayersModel(await artifactsOf(built));
      const layers = layerPaths(graph).flatMap((path) => {
        const place = built.tensors?.get(path);
        return place === undefined
          ? []
          : [{ path, output: model.getLayer(place.name).getOutputAt(place.call) }];
      });
      const outputs = layers.flatMap(({ output }) => output);
      const whole = loader.model({ inputs: model.inputs, outputs });
      // An input that nothing reads is not there.
      const given = inputPaths(graph)
        .filter((path) => built.tensors?.has(path))
        .flatMap((path) => inputs.get(path) ?? [])
        .map(({ shape, values }) => core.tensor(values, [...shape], 'float32'));
      const predicted = whole.predictOnBatch(given);
      const tensors = Array.isArray(predicted) ? predicted : [predicted];
      const values = layers.flatMap(({ path }, place) => {
        const one = tensors[place];
        return one === undefined ? [] : [[path, read(one)] as const];
      });
      for (const one of given) one.dispose();
      // A model that is disposed keeps the weights of a layer that is called twice.
      for (const weight of model.weights) weight.dispose();
      return new Map(values);
    },
  };
}
