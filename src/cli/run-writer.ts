import { join } from 'node:path';
import { curvesSvg } from '../report/curves-svg.js';
import { writeJson, type Json } from '../report/json.js';
import type { Keeper, RunIdentity, TrainingState } from '../runtime/index.js';
import type { EpochResult } from '../runtime/training/epoch-result.js';
import type { Weights } from '../runtime/weights/weights.js';
import { openCheckpointClock } from './checkpoint-due.js';
import { ioFailure, isFailure } from './failure.js';
import { makeFolder, removeFolders } from './make-folder.js';
import { checkpointName, checkpointsIn, removeFiles, runFiles } from './run-folder.js';
import { weightsFile } from './read-weights.js';
import type { ReadyModel } from './run-model.js';
import { writeFileAtomically } from './write-file.js';
import { writeFilesTogether } from './write-files.js';

/** What a run writes into its folder, and how. */
export interface RunWriting {
  readonly ready: ReadyModel;
  readonly run: RunIdentity;
  readonly folder: string;
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** Steps between two checkpoints; where nothing is said they cost less than 2 % of the time. */
  readonly every: number | undefined;
  /** True where what is in the folder is of an earlier run, to be overwritten. */
  readonly isAnew: boolean;
  /** What `run.json` says before the training has ended. */
  readonly record: ReadonlyMap<string, Json>;
}

/** Writes the files of a run as it goes. */
export interface RunWriter extends Keeper {
  /** Writes what was learnt; the weights come last: whoever finds them finds the rest of this run beside them. */
  finish(weights: Weights, epochs: readonly EpochResult[], record: ReadonlyMap<string, Json>): void;
}

/** How many checkpoints are kept, besides the best weights. */
const keptCheckpoints = 2;

/** Opens the writer of a run; nothing is written before the first checkpoint. */
export function openRunWriter(writing: RunWriting): RunWriter {
  const { ready, folder, classes, run } = writing;
  const { runtime, name } = ready;
  const clock = openCheckpointClock(writing.every);
  const path = (file: string): string => join(folder, file);
  let isBegun = false;
  let lastStep: number | undefined;
  let bestEpoch: number | undefined;
  let finished = -1;

  const begin = (own: string | undefined): void => {
    if (isBegun) return;
    isBegun = true;
    writeFileAtomically(path(runFiles.record), writeJson(writing.record));
    if (!writing.isAnew) return;
    // Only now, when something of the new run is there, what is left of the earlier one goes.
    removeFiles(folder, [weightsFile, runFiles.history, runFiles.curves]);
    const others = checkpointsIn(folder).filter((file) => file !== own);
    removeFiles(join(folder, runFiles.checkpoints), [...others, runFiles.best]);
  };
  const writeHistory = (epochs: readonly EpochResult[]): void => {
    if (epochs.length === finished) return;
    finished = epochs.length;
    writeFileAtomically(path(runFiles.history), historyText(ready, epochs));
    if (epochs.length > 0) writeFileAtomically(path(runFiles.curves), curvesSvg(name, epochs));
  };
  const write = (state: TrainingState): void => {
    const checkpoints = path(runFiles.checkpoints);
    const own = checkpointName(state.step);
    const made = makeFolder(checkpoints);
    try {
      writeFileAtomically(join(checkpoints, own), runtime.checkpointBytes({ run, state }));
    } finally {
      removeFolders(made);
    }
    begin(own);
    lastStep = state.step;
    const { best } = state;
    if (best !== undefined && best.epoch !== bestEpoch) {
      bestEpoch = best.epoch;
      const bytes = runtime.encodeSafetensors(best.weights, runtime.metadataOf(name, classes));
      writeFileAtomically(join(checkpoints, runFiles.best), bytes);
    }
    writeHistory(state.results);
    // Those beyond this step are of a longer run that was cut short and is trained again.
    const files = checkpointsIn(folder);
    const older = files.filter((file) => file.length === own.length && file <= own);
    removeFiles(
      checkpoints,
      files.filter((file) => !older.slice(0, keptCheckpoints).includes(file)),
    );
  };

  return {
    isDue: (step, isEpochEnd) => clock.isDue(step, isEpochEnd),
    keep(state) {
      try {
        clock.time(() => {
          write(state);
        });
      } catch (error) {
        throw isFailure(error) && lastStep !== undefined ? withLast(error.message, lastStep) : error;
      }
    },
    finish(weights, epochs, record) {
      begin(undefined);
      writeHistory(epochs);
      writeFilesTogether(folder, [
        { path: runFiles.record, content: writeJson(record) },
        { path: weightsFile, content: runtime.encodeSafetensors(weights, runtime.metadataOf(name, classes)) },
      ]);
    },
  };
}

function withLast(message: string, step: number): Error {
  return ioFailure(
    message,
    `the checkpoint of step ${String(step)} is whole: go on from it with \`--resume\``,
  );
}

/** One line an epoch. */
function historyText({ runtime }: ReadyModel, epochs: readonly EpochResult[]): string {
  return epochs.map((epoch) => `${JSON.stringify(runtime.epochRecord(epoch))}\n`).join('');
}
