import type { Graph } from '../compiler/ir/graph.js';
import type { TrainSettings } from '../compiler/training/settings.js';
import { join } from 'node:path';
import type * as RuntimeModule from '../runtime/index.js';
import type { EngineName } from '../runtime/engine/engine.js';
import type { Failure } from '../runtime/outcome.js';
import type { WeightFile } from '../runtime/weights/decode-safetensors.js';
import type { Source } from '../diagnostics/source.js';
import { compileEntry, isWhole, oneModel } from './compile-entry.js';
import { statFile } from './stat-file.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { EngineFlags } from './flags.js';
import type { Io } from './io.js';
import { showProblems } from './show-problems.js';

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

/** What ended a command early; it has been shown. */
export interface Ended {
  readonly kind: 'ended';
  readonly exitCode: ExitCode;
}

/** The name of the weights in a run's folder. */
export const weightsFile = 'weights.safetensors';

/** Compiles the one model that a command runs and opens the engine; what hinders it is shown. */
export async function readyModel(
  io: Io,
  file: string,
  model: string | undefined,
  flags: EngineFlags,
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

/** Reads weights from a file or from the folder of a run, all of which the model must have. */
export function readWeights(io: Io, { runtime, graph }: ReadyModel, path: string): WeightFile | Ended {
  const loaded = runtime.loadWeights(isFolder(path) ? join(path, weightsFile) : path);
  if (!loaded.ok) return endedBy(io, loaded);
  const { weights, metadata } = loaded.value;
  const own = runtime.isCheckpoint(metadata) ? runtime.ownWeights(weights) : weights;
  const matched = runtime.matchWeights(graph, own);
  if (!matched.ok) return endedBy(io, matched);
  return { weights: matched.value, metadata };
}

/** Shows what stands in the way, and ends the command. */
export function endedBy(io: Io, failure: Failure): Ended {
  showProblems(io, failure);
  return ended(exitCodeOf(failure));
}

/** What can't be read is 3, what is not there to be used is 2, and anything else is a problem of what was given. */
function exitCodeOf({ problems }: Failure): ExitCode {
  if (problems.every(({ code }) => code === 'unreadable')) return exitCodes.readOrWrite;
  return problems.every(({ code }) => code === 'engine-unavailable' || code === 'no-mnist')
    ? exitCodes.usage
    : exitCodes.problems;
}

/** Tells what has ended a command from a result. */
export function isEnded(value: object): value is Ended {
  return 'kind' in value && value.kind === 'ended';
}

function ended(exitCode: ExitCode): Ended {
  return { kind: 'ended', exitCode };
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

function isFolder(path: string): boolean {
  return statFile(path)?.isDirectory() === true;
}
