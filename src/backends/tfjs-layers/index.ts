import type { Target } from '../backend.js';
import { layersFormat } from './format.js';
import { lower, targetName } from './lower.js';

/** Models that `tf.loadLayersModel` loads, runs, and trains further. */
export const tfjsLayers: Target = {
  name: targetName,
  summary: 'model.json and shards of weights, for tf.loadLayersModel',
  check: (graph, options) => lower(graph, options).diagnostics,
  build(graph, weights, options) {
    const { model, tensors, diagnostics } = lower(graph, options);
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (error !== undefined) throw new Error(`built without a check: ${error.message}`);
    return { files: layersFormat(model, weights), notes: diagnostics, tensors };
  },
};
