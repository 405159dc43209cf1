import type { Weights } from '../weights.js';
import type { BuiltFile } from '../backend.js';
import { shardsOf } from '../shards.js';
import type { Layer, LayersModel, LayerWeight, Tensor } from './layer.js';

/** The files of a model as `tf.loadLayersModel` reads them: weights in shards, then `model.json`. */
export function layersFormat(model: LayersModel, weights: Weights): readonly BuiltFile[] {
  const arrays = model.layers.flatMap((layer) => layer.weights.map((weight) => ({ layer, weight })));
  const shards = shardsOf(arrays.map(({ weight }) => checked(weight, weight.valuesFrom(weights))));
  const json = {
    format: 'layers-model',
    generatedBy: 'cnnc',
    convertedBy: undefined,
    modelTopology: topology(model),
    weightsManifest: [
      {
        paths: shards.map(({ path }) => path),
        weights: arrays.map(({ layer, weight }) => ({
          name: `${layer.name}/${weight.name}`,
          shape: weight.shape,
          dtype: 'float32',
        })),
      },
    ],
  };
  return [...shards, { path: 'model.json', bytes: new TextEncoder().encode(`${writeJson(json)}\n`) }];
}

function topology({ name, layers, inputs, outputs }: LayersModel) {
  return {
    class_name: 'Model',
    config: {
      name,
      layers: layers.map(layerJson),
      input_layers: inputs.map(place),
      output_layers: outputs.map(place),
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

function layerJson({ className, name, config, calls }: Layer) {
  const isInput = className === 'InputLayer';
  return {
    class_name: className,
    name,
    config: { name, trainable: true, ...config },
    inbound_nodes: isInput ? [] : calls.map((inputs) => inputs.map((input) => [...place(input), {}])),
  };
}

function place({ layer, call }: Tensor): readonly [string, number, number] {
  return [layer, call, 0];
}

function checked(weight: LayerWeight, values: Float32Array): Float32Array {
  const count = weight.shape.reduce((product, size) => product * size, 1);
  if (values.length === count) return values;
  throw new Error(`${String(values.length)} values for \`${weight.name}\` of [${weight.shape.join(', ')}]`);
}

/** What is undefined in a list is null in JSON, and left out of an object. */
function writeJson(value: unknown): string {
  return JSON.stringify(value);
}
