import { io, tensor as upload } from '@tensorflow/tfjs-core';
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import type { Built, BuildOptions } from '../../src/backends/backend.js';
import { tfjsGraph } from '../../src/backends/tfjs-graph/index.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { download } from '../conformance/engine.js';
import type { Tensors } from '../interpreter/interpret.js';

/** Builds a graph with these weights for tfjs-graph. */
export function buildFrozen(graph: Graph, weights: Tensors, options: BuildOptions = {}): Built {
  const known = [...weights].map(
    ([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }] as const,
  );
  return tfjsGraph.build(graph, new Map(known), options);
}

/** Loads a built model as the converter loads it from anywhere, with nothing of ours. */
export async function loadFrozen({ files }: Built): Promise<GraphModel> {
  const json = frozenJson({ files, notes: [] });
  const artifacts = await io.getModelArtifactsForJSON(json, (manifest) => {
    const shards = manifest.flatMap(({ paths }) =>
      paths.map((path) => files.find((file) => file.path === path)?.bytes ?? new Uint8Array()),
    );
    const bytes = new Uint8Array(shards.reduce((sum, shard) => sum + shard.length, 0));
    let offset = 0;
    for (const shard of shards) {
      bytes.set(shard, offset);
      offset += shard.length;
    }
    const specs = manifest.flatMap(({ weights }) => weights);
    return Promise.resolve<[io.WeightsManifestEntry[], ArrayBuffer]>([specs, bytes.buffer]);
  });
  return loadGraphModel(io.fromMemory(artifacts));
}

/** The parsed `model.json` of a built model. */
export function frozenJson({ files }: Built): io.ModelJSON {
  const parsed: unknown = JSON.parse(
    new TextDecoder().decode(files.find(({ path }) => path === 'model.json')?.bytes),
  );
  if (!isModelJson(parsed)) throw new Error('not a model.json');
  return parsed;
}

function isModelJson(value: unknown): value is io.ModelJSON {
  return (
    typeof value === 'object' && value !== null && 'modelTopology' in value && 'weightsManifest' in value
  );
}

/** What a loaded model gives for inputs by the paths of their nodes, by the names of its outputs. */
export function runFrozen(model: GraphModel, inputs: Tensors, outputs: readonly string[]): Tensors {
  const given = Object.fromEntries(
    [...inputs].map(([name, { shape, values }]) => [
      name,
      upload(Float32Array.from(values), [...shape], 'float32'),
    ]),
  );
  const results = model.execute(given, [...outputs]);
  for (const input of Object.values(given)) input.dispose();
  const tensors = Array.isArray(results) ? results : [results];
  return new Map(
    outputs.flatMap((name, place) => {
      const tensor = tensors[place];
      return tensor === undefined ? [] : [[name, download(tensor)] as const];
    }),
  );
}
