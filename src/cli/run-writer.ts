import { curvesSvg } from '../report/curves-svg.js';
import { writeJson, type Json } from '../report/json.js';
import type { Keeper, RunIdentity, TrainingState } from '../runtime/index.js';
import type { EpochResult } from '../runtime/training/epoch-result.js';
import type { Weights } from '../runtime/weights/weights.js';
import { openCheckpointClock } from './checkpoint-due.js';
import { ioFailure, isFailure } from './failure.js';
import { checkpointName, checkpointsIn, runFiles } from './run-folder.js';
import { weightsFile } from './read-weights.js';
import type { ReadyModel } from './run-model.js';
import { writeFilesTogether, type NewFile } from './write-files.js';

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
  let isBegun = false;
  let lastStep: number | undefined;
  let bestEpoch: number | undefined;
  let finished = -1;

  const weightsBytes = (weights: Weights): Uint8Array =>
    runtime.encodeSafetensors(weights, runtime.metadataOf(name, classes));
  const historyFiles = (epochs: readonly EpochResult[]): readonly NewFile[] => {
    if (epochs.length === finished) return [];
    const history = { path: runFiles.history, content: historyText(ready, epochs) };
    return epochs.length === 0
      ? [history]
      : [history, { path: runFiles.curves, content: curvesSvg(name, epochs) }];
  };
  // What is left of an earlier run goes with the first files of the new one, not before.
  const remnants = (): readonly string[] =>
    isBegun || !writing.isAnew
      ? []
      : [weightsFile, runFiles.history, runFiles.curves, inCheckpoints(runFiles.best), ...checkpointsOf()];
  const checkpointsOf = (): readonly string[] => checkpointsIn(folder).map(inCheckpoints);
  /** All of it or nothing: whatever ends this meanwhile, the files in the folder are of one moment of one run. */
  const put = (
    files: readonly NewFile[],
    outdated: readonly string[],
    epochs: readonly EpochResult[],
  ): void => {
    const written = new Set(files.map(({ path }) => path));
    const removed = new Set([...remnants(), ...outdated].filter((path) => !written.has(path)));
    writeFilesTogether(folder, files, [...removed]);
    isBegun = true;
    finished = epochs.length;
  };
  const write = (state: TrainingState): void => {
    const { step, best, results } = state;
    const own = inCheckpoints(checkpointName(step));
    const isBetter = best !== undefined && best.epoch !== bestEpoch;
    const files = [
      { path: own, content: runtime.checkpointBytes({ run, state }) },
      ...(isBetter ? [{ path: inCheckpoints(runFiles.best), content: weightsBytes(best.weights) }] : []),
      ...historyFiles(results),
      ...(isBegun ? [] : [{ path: runFiles.record, content: writeJson(writing.record) }]),
    ];
    // Those beyond this step are of a longer run that was cut short and is trained again.
    const others = checkpointsOf();
    const older = others.filter((file) => file.length === own.length && file < own);
    const kept = older.slice(0, keptCheckpoints - 1);
    put(
      files,
      others.filter((file) => !kept.includes(file)),
      results,
    );
    lastStep = step;
    bestEpoch = best?.epoch;
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
      const last = [
        { path: runFiles.record, content: writeJson(record) },
        { path: weightsFile, content: weightsBytes(weights) },
      ];
      put([...historyFiles(epochs), ...last], [], epochs);
    },
  };
}

function inCheckpoints(file: string): string {
  return `${runFiles.checkpoints}/${file}`;
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
