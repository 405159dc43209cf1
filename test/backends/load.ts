import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import type { Built } from '../../src/backends/backend.js';
import { registerLayers, type TensorFlow } from '../../src/tfjs/index.js';

/** TensorFlow.js as a user has it, of which tfjs-layers uses the same tfjs-core. */
export const tf = { ...core, ...layers } satisfies TensorFlow;

/** Loads a built model as tfjs-layers loads it from anywhere; ours is only what `registerLayers` brought. */
export async function loadBuilt({ files }: Built): Promise<layers.LayersModel> {
  registerLayers(tf);
  const shards = files.filter(({ path }) => path.endsWith('.bin'));
  const bytes = new Uint8Array(shards.reduce((sum, shard) => sum + shard.bytes.length, 0));
  let offset = 0;
  for (const shard of shards) {
    bytes.set(shard.bytes, offset);
    offset += shard.bytes.length;
  }
  const json = modelJson(files.find(({ path }) => path === 'model.json')?.bytes);
  const [group] = json.weightsManifest;
  const artifacts: core.io.ModelArtifacts = {
    modelTopology: json.modelTopology,
    weightSpecs: group?.weights ?? [],
    weightData: bytes.buffer,
  };
  return layers.loadLayersModel(core.io.fromMemory(artifacts));
}

/** The parsed `model.json` of a built model. */
export function modelJson(bytes: Uint8Array | undefined): core.io.ModelJSON {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!isModelJson(parsed)) throw new Error('not a model.json');
  return parsed;
}

function isModelJson(value: unknown): value is core.io.ModelJSON {
  return (
    typeof value === 'object' && value !== null && 'modelTopology' in value && 'weightsManifest' in value
  );
}
