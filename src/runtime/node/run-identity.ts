import type { Graph } from '../../compiler/ir/graph.js';
import { printGraph } from '../../compiler/ir/print.js';
import type { TrainSettings } from '../../compiler/training/settings.js';
import type { RunIdentity } from '../checkpoints/checkpoint.js';
import type { DataSet } from '../data/data-set.js';
import { engineInUse } from '../engine/engine-in-use.js';
import { fingerprintOf } from './fingerprint.js';
import { digest } from './seal.js';

/** What a training depends on, to be compared with that of a checkpoint. */
export function runIdentity(options: {
  readonly graph: Graph;
  readonly settings: TrainSettings;
  readonly seed: number;
  readonly data: DataSet;
}): RunIdentity {
  const { graph, settings, seed, data } = options;
  const { model, epochs: _, ...others } = settings;
  const texts = Object.entries(others).flatMap(([name, value]: readonly [string, unknown]) =>
    value === undefined ? [] : [[name, settingText(value)] as const],
  );
  return {
    model,
    layers: digest([printGraph(graph)]),
    settings: new Map(texts),
    seed,
    data: { fingerprint: fingerprintOf(data), images: data.training.count },
    engine: engineInUse(),
  };
}

/** A setting much as it is written: `adam rate=0.001 …`. */
function settingText(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const fields = new Map<string, unknown>(Object.entries(value));
  const kind = fields.get('kind');
  const named = [...fields].flatMap(([name, part]) =>
    part === undefined || name === 'kind' ? [] : [`${name}=${JSON.stringify(part)}`],
  );
  const parts = typeof kind === 'string' ? [kind, ...named] : named;
  return parts.length === 0 ? 'empty' : parts.join(' ');
}
