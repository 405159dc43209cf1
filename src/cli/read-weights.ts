import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Graph } from '../compiler/ir/graph.js';
import { escapeForTerminal } from '../diagnostics/escape.js';
import { isCheckpoint, ownWeights } from '../runtime/checkpoints/decode-checkpoint.js';
import { loadMapping } from '../runtime/node/load-mapping.js';
import { loadWeights } from '../runtime/node/load-weights.js';
import { applyMapping } from '../runtime/weights/mapping/apply-mapping.js';
import { matchWeights } from '../runtime/weights/match-weights.js';
import type { WeightFile } from '../runtime/weights/weight-file.js';
import { endedBy, type Ended } from './ended.js';
import type { Io } from './io.js';
import { statFile } from './stat-file.js';

/** Where the weights of a model come from. */
export interface WeightsSource {
  /** The file of the model. */
  readonly file: string;
  /** A file of weights, or a folder with one in it. */
  readonly weights: string;
  /** The mapping that `--mapping` names. */
  readonly mapping?: string;
}

/** The name of the weights in a run's folder. */
export const weightsFile = 'weights.safetensors';

/** The file that a path to weights means: itself, or the weights of a run or of a built model in that folder. */
export function weightsPath(path: string): string {
  if (statFile(path)?.isDirectory() !== true) return path;
  const own = join(path, weightsFile);
  const built = join(path, 'model.json');
  return !existsSync(own) && existsSync(built) ? built : own;
}

/** Reads weights, all of which the model must have; a mapping is looked for where the names are not the model's. */
export function readWeights(io: Io, graph: Graph, source: WeightsSource): WeightFile | Ended {
  const path = weightsPath(source.weights);
  const loaded = loadWeights(path);
  if (!loaded.ok) return endedBy(io, loaded);
  const file = withoutState(loaded.value);
  for (const note of file.notes) io.note(`note: ${escapeForTerminal(note)}\n`);
  const asTheyAre = matchWeights(graph, file.weights);
  const mappingPath = source.mapping ?? (asTheyAre.ok ? undefined : mappingBeside(path, source.file));
  if (mappingPath === undefined) {
    return asTheyAre.ok ? { ...file, weights: asTheyAre.value } : endedBy(io, asTheyAre);
  }
  if (source.mapping === undefined) io.note(`note: names are mapped by ${escapeForTerminal(mappingPath)}\n`);
  const mapping = loadMapping(mappingPath);
  if (!mapping.ok) return endedBy(io, mapping);
  const mapped = applyMapping(mapping.value, file);
  if (!mapped.ok) return endedBy(io, mapped);
  const matched = matchWeights(graph, mapped.value.weights);
  return matched.ok ? { ...mapped.value, weights: matched.value } : endedBy(io, matched);
}

/** Of a checkpoint only the weights, not the state of the training. */
function withoutState(file: WeightFile): WeightFile {
  return isCheckpoint(file.metadata) ? { ...file, weights: ownWeights(file.weights) } : file;
}

/** A mapping of the same name beside the weights, else beside the model. */
function mappingBeside(weights: string, model: string): string | undefined {
  return [weights, model]
    .map((path) => `${path.slice(0, path.length - extname(path).length)}.map`)
    .find((path) => statFile(path)?.isFile() === true);
}
