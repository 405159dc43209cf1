import { io } from '@tensorflow/tfjs-core';
import type { Built } from '../../backends/backend.js';

/** A built model as TensorFlow.js' own loaders take it from memory: they read the same files. */
export async function artifactsOf({ files }: Built): Promise<io.IOHandler> {
  const json: unknown = JSON.parse(
    new TextDecoder().decode(files.find(({ path }) => path === 'model.json')?.bytes),
  );
  if (!isModelJson(json)) throw new Error('a model was built without its model.json');
  const artifacts = await io.getModelArtifactsForJSON(json, (manifest) => {
    const shards = manifest.flatMap(({ paths }) =>
      paths.map((path) => files.find((file) => file.path === path)?.bytes ?? new Uint8Array()),
    );
    const bytes = io.CompositeArrayBuffer.join(shards.map((shard) => Uint8Array.from(shard).buffer));
    return Promise.resolve([manifest.flatMap(({ weights }) => weights), bytes]);
  });
  return { load: () => Promise.resolve(artifacts) };
}

function isModelJson(value: unknown): value is io.ModelJSON {
  return (
    typeof value === 'object' && value !== null && 'modelTopology' in value && 'weightsManifest' in value
  );
}
