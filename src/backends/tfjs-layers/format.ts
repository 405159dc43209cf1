import type { Weights } from '../weights.js';
import type { BuiltFile } from '../backend.js';
import { fingerprint } from '../fingerprint.js';
import type { Layer, LayersModel, LayerWeight, Tensor } from './layer.js';

/** How many bytes of weights a file holds: browsers keep files of this size. */
const shardBytes = 4 * 1024 * 1024;

/** The files of a model as `tf.loadLayersModel` reads them: weights in shards, then `model.json`. */
export function layersFormat(model: LayersModel, weights: Weights): readonly BuiltFile[] {
  const arrays = model.layers.flatMap((layer) => layer.weights.map((weight) => ({ layer, weight })));
  const bytes = bytesOf(arrays.map(({ weight }) => checked(weight, weight.valuesFrom(weights))));
  const count = Math.ceil(bytes.length / shardBytes);
  // Named by what they hold: of a model that is written over another, the old files and the new ones never mix.
  const content = fingerprint(bytes);
  const shards = Array.from({ length: count }, (_, place) => ({
    path: `weights-${content}-${String(place + 1)}of${String(count)}.bin`,
    bytes: bytes.subarray(place * shardBytes, (place + 1) * shardBytes),
  }));
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

/** All values one behind the other, little-endian whatever the machine. */
function bytesOf(arrays: readonly Float32Array[]): Uint8Array {
  const total = arrays.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(total * 4);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const array of arrays) {
    for (const value of array) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return bytes;
}

/** What is undefined in a list is null in JSON, and left out of an object. */
function writeJson(value: unknown): string {
  return JSON.stringify(value);
}
