import { join } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { jsonObject, plainJson, type Json } from '../../report/json.js';
import { counted } from '../../report/check-text.js';
import { textAtLineStart } from '../../report/line-start.js';
import { epochText, percentText, progressText } from '../../report/training-text.js';
import type { DataSet } from '../../runtime/data/data-set.js';
import type { RunIdentity, TrainingState } from '../../runtime/index.js';
import type { Weights } from '../../runtime/weights/weights.js';
import type { Trained } from '../../runtime/training/train.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usualSeed, type EngineFlags } from '../flags.js';
import { watchForInterrupt } from '../interrupt.js';
import type { Io } from '../io.js';
import { guardTraining } from '../memory-guard.js';
import { loadData } from '../load-data.js';
import { makeFolder, probeFolder, removeFolders } from '../make-folder.js';
import { openProgress } from '../progress.js';
import { endedBy, isEnded, type Ended } from '../ended.js';
import { readWeights, weightsFile } from '../read-weights.js';
import { checkpointsIn, checkRunFolder, runFiles } from '../run-folder.js';
import { openEngine, readyModel, type ReadyModel } from '../run-model.js';
import { openRunWriter } from '../run-writer.js';

/** The flags of `cnnc train`. */
export interface TrainFlags extends EngineFlags {
  readonly data: string;
  readonly out: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly limit?: number;
  readonly weights?: string;
  readonly mapping?: string;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly checkpointEvery?: number;
}

/** Trains a model and writes its weights; what was learnt until Ctrl-C is written too. */
export async function train(
  io: Io,
  file: string,
  model: string | undefined,
  flags: TrainFlags,
): Promise<ExitCode> {
  checkRunFolder(flags);
  const compiled = await readyModel(io, file, model, flags);
  if (isEnded(compiled)) return compiled.exitCode;
  const ready = withFlags(compiled, flags);
  const { graph, settings, runtime } = ready;
  guardTraining(graph, Math.ceil(settings.batch / settings.accumulate), flags.limitMemory);
  const data = loadData(io, ready, flags, 'training');
  if (isEnded(data)) return data.exitCode;
  const start = startWeights(io, ready, file, flags);
  if (start !== undefined && isEnded(start)) return start.exitCode;
  const closed = await openEngine(io, ready, flags);
  if (closed !== undefined) return closed.exitCode;
  const run = runtime.runIdentity({ graph, settings, data, seed: flags.seed ?? usualSeed });
  const resumed = flags.resume === true ? resume(io, ready, run, flags.out) : undefined;
  if (resumed !== undefined && isEnded(resumed)) return resumed.exitCode;
  for (const note of runtime.logitNotes(graph, settings.loss)) io.note(`${textAtLineStart(note)}\n`);

  const made = makeFolder(flags.out);
  try {
    probeFolder(flags.out);
    return await trainInto(io, ready, { data, start: start?.weights, state: resumed?.state, run }, flags);
  } finally {
    // What was written keeps its folder; one with nothing in it goes.
    removeFolders(made);
  }
}

/** What a training begins with. */
interface Beginning {
  readonly data: DataSet;
  readonly start: Weights | undefined;
  readonly state: TrainingState | undefined;
  readonly run: RunIdentity;
}

/** Trains, and writes what was learnt into the folder, which is there. */
async function trainInto(
  io: Io,
  ready: ReadyModel,
  beginning: Beginning,
  flags: TrainFlags,
): Promise<ExitCode> {
  const { data, start, state, run } = beginning;
  const progress = openProgress(io);
  const writer = openRunWriter({
    ready,
    run,
    folder: flags.out,
    classes: data.classes,
    every: flags.checkpointEvery,
    isAnew: flags.force === true,
    record: recordOf(ready, beginning),
  });
  const interrupt = watchForInterrupt(() => {
    progress.say('ending after this step; once more ends at once');
  });
  const outcome = await ready.runtime.train({
    graph: ready.graph,
    settings: ready.settings,
    data,
    seed: run.seed,
    ...(start === undefined ? {} : { weights: start }),
    ...(state === undefined ? {} : { state }),
    keeper: writer,
    signal: interrupt.signal,
    onProgress: (now) => {
      progress.show(progressText(now));
    },
    onEpoch: (result) => {
      progress.say(epochText(result, ready.settings.epochs));
    },
  });
  progress.clear();
  if (!outcome.ok) {
    const ended = endedBy(io, outcome);
    const [last] = checkpointsIn(flags.out);
    if (last !== undefined) io.note(`kept ${join(flags.out, runFiles.checkpoints, last)}\n`);
    return ended.exitCode;
  }
  const trained = outcome.value;
  writer.finish(trained.weights, trained.epochs, recordOf(ready, beginning, trained));
  interrupt.release();
  io.out.write(resultText(ready, trained, flags));
  return interrupt.received() ?? exitCodes.well;
}

/** The weights that training starts from, where some are named. */
function startWeights(
  io: Io,
  { graph }: ReadyModel,
  file: string,
  { weights, mapping }: TrainFlags,
): ReturnType<typeof readWeights> | undefined {
  if (weights === undefined) return undefined;
  return readWeights(io, graph, { file, weights, ...(mapping === undefined ? {} : { mapping }) });
}

/** The state of the newest checkpoint that fits; where there is none the training begins at its beginning. */
function resume(
  io: Io,
  { runtime, graph }: ReadyModel,
  run: RunIdentity,
  out: string,
): { readonly state: TrainingState } | Ended | undefined {
  const files = checkpointsIn(out);
  if (files.length === 0) {
    io.note(`${textAtLineStart(out)} has no checkpoint: the training begins at its beginning\n`);
    return undefined;
  }
  const chosen = runtime.chooseCheckpoint(join(out, runFiles.checkpoints), files, { graph, run });
  if (!chosen.ok) return endedBy(io, chosen);
  const { file, state, notes } = chosen.value;
  for (const note of notes) io.note(`${textAtLineStart(note)}\n`);
  io.note(`going on from ${file}: epoch ${String(state.epoch)}, step ${String(state.step)}\n`);
  return { state };
}

function withFlags(ready: ReadyModel, { epochs, batch }: TrainFlags): ReadyModel {
  const { settings } = ready;
  return {
    ...ready,
    settings: { ...settings, epochs: epochs ?? settings.epochs, batch: batch ?? settings.batch },
  };
}

/** What `run.json` says: all that is needed to repeat the run, and how it ended where it has. */
function recordOf(
  { runtime, name, settings, sources }: ReadyModel,
  { data, run }: Beginning,
  trained?: Trained,
): ReadonlyMap<string, Json> {
  return jsonObject({
    formatVersion: 1,
    model: name,
    arguments: process.argv.slice(2),
    versions: plainJson({
      cnnc: packageJson.version,
      node: process.version,
      tensorflow: runtime.tensorflowVersion,
    }),
    engine: run.engine,
    seed: run.seed,
    settings: plainJson(settings),
    data: plainJson({
      name: data.name,
      images: data.training.count,
      test: data.test.count,
      classes: data.classes,
      fingerprint: run.data.fingerprint,
    }),
    ...(trained === undefined
      ? {}
      : {
          end: trained.end,
          steps: trained.steps,
          epochs: trained.epochs.length,
          bestEpoch: trained.bestEpoch,
          test: trained.test === undefined ? undefined : plainJson(trained.test),
        }),
    sources: sources.map(({ name: file, text }) => plainJson({ file, text })),
  });
}

function resultText({ name }: ReadyModel, trained: Trained, { out }: TrainFlags): string {
  const { steps, weights, test, bestEpoch, epochs, end } = trained;
  const values = [...weights.values()].reduce((sum, array) => sum + array.values.length, 0);
  const stalled = end === 'stalled' ? ', ended early' : '';
  const chosen =
    bestEpoch === undefined ? '' : `, those of epoch ${String(bestEpoch)} of ${String(epochs.length)}`;
  const tested = test === undefined ? '' : `, ${percentText(test.accuracy)} of the test images read rightly`;
  const what = `${counted(values, 'weight')} after ${counted(steps, 'step')}${stalled}${chosen}${tested}`;
  return `${name}: ${what}\nwrote ${join(out, weightsFile)}\n`;
}
