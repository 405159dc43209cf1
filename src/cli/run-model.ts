import type { Graph } from '../compiler/ir/graph.js';
import type { TrainSettings } from '../compiler/training/settings.js';
import type * as RuntimeModule from '../runtime/index.js';
import type { EngineName } from '../runtime/engine/engine.js';
import type { Source } from '../diagnostics/source.js';
import { compileEntry, isWhole, oneModel } from './compile-entry.js';
import { ended, endedBy, type Ended } from './ended.js';
import { exitCodes } from './exit-codes.js';
import type { EngineFlags, ModelFlags } from './flags.js';
import type { Io } from './io.js';

/** The part of the program that runs models; loaded only when one is run, since TensorFlow.js takes its time. */
export type Runtime = typeof RuntimeModule;

/** A model that is ready to run, on an engine that is open. */
export interface ReadyModel {
  readonly kind: 'ready';
  readonly name: string;
  readonly graph: Graph;
  readonly settings: TrainSettings;
  readonly runtime: Runtime;
  /** The texts that the model is made of, its own file first, without those of the standard library. */
  readonly sources: readonly Source[];
}

/** Compiles the one model that a command runs; what hinders it is shown. */
export async function readyModel(
  io: Io,
  file: string,
  model: string | undefined,
  flags: ModelFlags,
): Promise<ReadyModel | Ended> {
  const { models, source, exitCode } = compileEntry(io, file, model, flags);
  if (exitCode !== exitCodes.well) return ended(exitCode);
  const compiled = oneModel(models, file);
  if (!isWhole(compiled)) return ended(exitCodes.problems);
  const runtime = await import('../runtime/index.js');
  const { name, graph, training } = compiled;
  const settings = training ?? runtime.defaultTraining(name);
  const sources = sourcesOf(graph, source);
  return { kind: 'ready', name, graph, settings, runtime, sources };
}

/** The texts that layers and calls come from, the entry first. */
function sourcesOf({ nodes, scopes }: Graph, entry: Source | undefined): readonly Source[] {
  const all = [...nodes, ...scopes].map(({ origin }) => origin.span.source);
  const own = all.filter(({ name }) => !name.startsWith('std/'));
  return [...new Set([...(entry === undefined ? [] : [entry]), ...own])];
}

/** Opens the engine that was asked for. */
export async function openEngine(
  io: Io,
  { runtime }: ReadyModel,
  flags: EngineFlags,
): Promise<Ended | undefined> {
  const opened = await runtime.openEngine(engineNamed(flags.engine));
  if (!opened.ok) return endedBy(io, opened);
  io.detail(`engine: ${opened.value.name}\n${opened.value.notes.map((note) => `  ${note}\n`).join('')}`);
  return undefined;
}

function engineNamed(name: string): EngineName | 'auto' {
  switch (name) {
    case 'node':
    case 'wasm':
    case 'cpu':
      return name;
    default:
      return 'auto';
  }
}
