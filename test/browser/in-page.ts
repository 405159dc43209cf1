import '@tensorflow/tfjs-backend-cpu';
import * as converter from '@tensorflow/tfjs-converter';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { registerLayers } from '../../src/tfjs/index.js';
import type { Inputs, Loaders } from './loaders.js';

// Runs in the browser: TensorFlow.js as a user has it, and the layers that `cnnc/tfjs` brings.

const loaders: Loaders = {
  async runLayers(url, inputs) {
    await core.setBackend('cpu');
    registerLayers({ ...core, ...layers });
    const model = await layers.loadLayersModel(url);
    const given = tensorsOf(inputs);
    return resultsOf(model.predict(model.inputNames.map((name) => given[name] ?? core.scalar(0))));
  },
  async runGraph(url, inputs) {
    await core.setBackend('cpu');
    const model = await converter.loadGraphModel(url);
    return resultsOf(model.execute(tensorsOf(inputs), ['features', 'shares']));
  },
};
Object.assign(globalThis, { loaders });

function tensorsOf(inputs: Inputs): Record<string, core.Tensor> {
  return Object.fromEntries(
    inputs.map(({ name, shape, values }) => [name, core.tensor([...values], [...shape], 'float32')]),
  );
}

function resultsOf(results: core.Tensor | core.Tensor[]): number[][] {
  return [results].flat().map((result) => Array.from(result.dataSync()));
}
