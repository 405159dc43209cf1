import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { jsonObject, plainJson, writeJson } from '../../report/json.js';
import { counted } from '../../report/check-text.js';
import { epochText, percentText, progressText } from '../../report/training-text.js';
import type { DataSet } from '../../runtime/data/data-set.js';
import type { Weights } from '../../runtime/weights/weights.js';
import type { Trained } from '../../runtime/training/train.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { ioFailure, usageFailure } from '../failure.js';
import type { EngineFlags } from '../flags.js';
import { watchForInterrupt } from '../interrupt.js';
import type { Io } from '../io.js';
import { guardTraining } from '../memory-guard.js';
import { loadData } from '../load-data.js';
import { makeFolder, probeFolder, removeFolders } from '../make-folder.js';
import { openProgress } from '../progress.js';
import {
  endedBy,
  isEnded,
  openEngine,
  readWeights,
  readyModel,
  weightsFile,
  type ReadyModel,
} from '../run-model.js';
import { statFile } from '../stat-file.js';
import { writeFileAtomically } from '../write-file.js';

/** The flags of `cnnc train`. */
export interface TrainFlags extends EngineFlags {
  readonly data: string;
  readonly out: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly limit?: number;
  readonly weights?: string;
  readonly force?: boolean;
}

/** Trains a model and writes its weights; what was learnt until Ctrl-C is written too. */
export async function train(
  io: Io,
  file: string,
  model: string | undefined,
  flags: TrainFlags,
): Promise<ExitCode> {
  checkFolder(flags);
  const compiled = await readyModel(io, file, model, flags);
  if (isEnded(compiled)) return compiled.exitCode;
  const ready = withFlags(compiled, flags);
  guardTraining(ready.graph, ready.settings.batch, flags.limitMemory);
  const data = loadData(io, ready, flags, 'training');
  if (isEnded(data)) return data.exitCode;
  const start = flags.weights === undefined ? undefined : readWeights(io, ready, flags.weights);
  if (start !== undefined && isEnded(start)) return start.exitCode;
  const closed = await openEngine(io, ready, flags);
  if (closed !== undefined) return closed.exitCode;

  const made = makeFolder(flags.out);
  try {
    probeFolder(flags.out);
    return await trainInto(io, ready, { data, start: start?.weights }, flags);
  } finally {
    // What was written keeps its folder; one with nothing in it goes.
    removeFolders(made);
  }
}

/** Trains, and writes what was learnt into the folder, which is there. */
async function trainInto(
  io: Io,
  ready: ReadyModel,
  { data, start }: { readonly data: DataSet; readonly start: Weights | undefined },
  flags: TrainFlags,
): Promise<ExitCode> {
  const progress = openProgress(io);
  const interrupt = watchForInterrupt(() => {
    progress.say('ending after this step; once more ends at once');
  });
  const outcome = await ready.runtime.train({
    graph: ready.graph,
    settings: ready.settings,
    data,
    seed: flags.seed ?? usualSeed,
    ...(start === undefined ? {} : { weights: start }),
    signal: interrupt.signal,
    onProgress: (now) => {
      progress.show(progressText(now));
    },
    onEpoch: (result) => {
      progress.say(epochText(result, ready.settings.epochs));
    },
  });
  progress.clear();
  if (!outcome.ok) return endedBy(io, outcome).exitCode;
  writeRun(ready, data, outcome.value, flags);
  interrupt.release();
  io.out.write(resultText(ready, outcome.value, flags));
  return interrupt.received() ?? exitCodes.well;
}

/** Where every random number begins where `--seed` says nothing. */
const usualSeed = 0;

/** The name of the history in a run's folder. */
const historyFile = 'history.json';

/** Told before hours of training rather than after them. */
function checkFolder({ out, force }: TrainFlags): void {
  if (statFile(out)?.isDirectory() === false) throw usageFailure(`"${out}" is there and is no folder`);
  for (const path of [join(out, weightsFile), join(out, historyFile)]) {
    if (statFile(path)?.isDirectory() === true) throw ioFailure(`can't write ${path}: it is a folder`);
  }
  if (existsSync(join(out, weightsFile)) && force !== true) {
    throw usageFailure(
      `"${out}" holds weights already`,
      'choose another folder, or overwrite them with `--force`',
    );
  }
}

function withFlags(ready: ReadyModel, { epochs, batch }: TrainFlags): ReadyModel {
  const { settings } = ready;
  return {
    ...ready,
    settings: { ...settings, epochs: epochs ?? settings.epochs, batch: batch ?? settings.batch },
  };
}

/** The weights come last: whoever finds them finds the history of this run beside them. */
function writeRun(ready: ReadyModel, data: DataSet, trained: Trained, flags: TrainFlags): void {
  const { runtime, name, settings } = ready;
  const history = jsonObject({
    formatVersion: 1,
    model: name,
    data: data.name,
    images: data.training.count,
    classes: data.classes,
    seed: flags.seed ?? usualSeed,
    settings: plainJson(settings),
    steps: trained.steps,
    interrupted: trained.interrupted,
    epochs: plainJson(trained.epochs),
  });
  writeFileAtomically(join(flags.out, historyFile), writeJson(history));
  const bytes = runtime.encodeSafetensors(trained.weights, runtime.metadataOf(name, data.classes));
  writeFileAtomically(join(flags.out, weightsFile), bytes);
}

function resultText({ name }: ReadyModel, { epochs, steps, weights }: Trained, { out }: TrainFlags): string {
  const values = [...weights.values()].reduce((sum, array) => sum + array.values.length, 0);
  const last = epochs.at(-1)?.validation;
  const tested = last === undefined ? '' : `, ${percentText(last.accuracy)} of the test images read rightly`;
  const what = `${counted(values, 'weight')} after ${counted(steps, 'step')}${tested}`;
  return `${name}: ${what}\nwrote ${join(out, weightsFile)}\n`;
}
