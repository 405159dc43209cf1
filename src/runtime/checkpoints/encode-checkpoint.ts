import type { EpochResult } from '../training/epoch-result.js';
import type { TrainingState } from '../training/state.js';
import { encodeSafetensors } from '../weights/encode-safetensors.js';
import type { WeightArray } from '../weights/weights.js';
import type { Checkpoint } from './checkpoint.js';

/** The name of the format, with its version; another version is not read. */
export const checkpointFormat = 'cnnc checkpoint 1';

/** What stands before the names of arrays that are no weights of the model; no path of a layer has a slash. */
export const prefixes = { slot: 'optimizer/', best: 'best/' } as const;

/**
 * Writes a checkpoint as a safetensors file: the weights under their own names, what the optimizer remembers as
 * `optimizer/SLOT/NAME`, the best weights as `best/NAME`, the rest as JSON among the metadata. `checksum` is put there as
 * it is.
 */
export function encodeCheckpoint({ run, state }: Checkpoint, checksum: string): Uint8Array {
  const arrays = new Map<string, WeightArray>(state.weights);
  for (const [name, slots] of state.slots) {
    for (const [slot, values] of slots) {
      arrays.set(`${prefixes.slot}${slot}/${name}`, { shape: [values.length], values });
    }
  }
  for (const [name, array] of state.best?.weights ?? []) arrays.set(`${prefixes.best}${name}`, array);
  const metadata = new Map([
    ['checksum', checksum],
    ['format', checkpointFormat],
    ['model', run.model],
    ['run', JSON.stringify({ ...run, settings: Object.fromEntries(run.settings) })],
    ['state', JSON.stringify(stateRecord(state))],
  ]);
  return encodeSafetensors(arrays, metadata);
}

function stateRecord({ step, epoch, epochSteps, sums, seconds, results, best }: TrainingState): object {
  return {
    step,
    epoch,
    epochSteps,
    seconds,
    sums: { seen: sums.seen, loss: written(sums.loss), correct: sums.correct },
    results: results.map(epochRecord),
    best: best === undefined ? undefined : { epoch: best.epoch, loss: written(best.loss) },
  };
}

/** An epoch's result as a record that JSON can hold. */
export function epochRecord({ validation, test, ...result }: EpochResult): object {
  const measured = (one: EpochResult['test']): object | undefined =>
    one === undefined ? undefined : { loss: written(one.loss), accuracy: one.accuracy };
  return { ...result, loss: written(result.loss), validation: measured(validation), test: measured(test) };
}

/** JSON lacks what is infinite or no number. */
function written(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
