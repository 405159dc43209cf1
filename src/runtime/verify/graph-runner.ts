import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { tfjsGraph } from '../../backends/tfjs-graph/index.js';
import type { Graph } from '../../compiler/ir/graph.js';
import type { Weights } from '../weights/weights.js';
import { artifactsOf } from './artifacts.js';
import type { GraphLoader } from './loaders.js';
import { inputPaths, layerPaths } from './paths.js';
import { read } from './read.js';
import type { Runner } from './runner.js';

/** Builds a frozen model for tfjs-graph, loads it as everyone does and reads what its operations give. */
export function graphRunner(loader: GraphLoader, graph: Graph, weights: Weights): Runner {
  return {
    name: tfjsGraph.name,
    async run(inputs) {
      const built = tfjsGraph.build(graph, weights);
      const model = await loader.loadGraphModel(await artifactsOf(built));
      const given: Record<string, Tensor> = {};
      for (const path of inputPaths(graph)) {
        const [name, array] = [built.tensors?.get(path)?.name, inputs.get(path)];
        if (name !== undefined && array !== undefined)
          given[name] = tensor(array.values, [...array.shape], 'float32');
      }
      const places = layerPaths(graph).flatMap((path) => {
        const name = built.tensors?.get(path)?.name;
        return name === undefined ? [] : [{ path, name }];
      });
      const executed = model.execute(
        given,
        places.map(({ name }) => name),
      );
      const tensors = Array.isArray(executed) ? executed : [executed];
      const values = places.flatMap(({ path }, place) => {
        const one = tensors[place];
        return one === undefined ? [] : [[path, read(one)] as const];
      });
      for (const one of Object.values(given)) one.dispose();
      model.dispose();
      return new Map(values);
    },
  };
}
