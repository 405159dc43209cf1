import type { EpochResult, Measured } from '../training/epoch-result.js';
import type { TrainingState } from '../training/state.js';
import type { WeightFile } from '../weights/weight-file.js';
import type { WeightArray, Weights } from '../weights/weights.js';
import type { Checkpoint, RunIdentity } from './checkpoint.js';
import { checkpointFormat, prefixes } from './encode-checkpoint.js';
import { fieldsOf, list, number, text, whole, type Fields } from './fields.js';

/** Makes a checkpoint of a file that was read, `undefined` where it is none. Whether it fits a model is another question. */
export function decodeCheckpoint({ weights, metadata }: WeightFile): Checkpoint | undefined {
  if (!isCheckpoint(metadata)) return undefined;
  const run = readRun(fieldsOf(parsed(metadata.get('run'))));
  const state = readState(fieldsOf(parsed(metadata.get('state'))), weights);
  return run === undefined || state === undefined ? undefined : { run, state };
}

/** Tells a checkpoint from a plain file of weights. */
export function isCheckpoint(metadata: ReadonlyMap<string, string>): boolean {
  return metadata.get('format') === checkpointFormat;
}

/** The weights of the model alone, out of a checkpoint's arrays. */
export function ownWeights(arrays: Weights): Weights {
  return new Map([...arrays].filter(([name]) => !name.includes('/')));
}

function readRun(fields: Fields): RunIdentity | undefined {
  const data = fieldsOf(fields.get('data'));
  const [model, layers, engine] = [text(fields, 'model'), text(fields, 'layers'), text(fields, 'engine')];
  const [fingerprint, images, seed] = [
    text(data, 'fingerprint'),
    whole(data, 'images'),
    whole(fields, 'seed'),
  ];
  const settings = [...fieldsOf(fields.get('settings'))].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  if (model === undefined || layers === undefined || engine === undefined) return undefined;
  if (fingerprint === undefined || images === undefined || seed === undefined) return undefined;
  return { model, layers, settings: new Map(settings), seed, data: { fingerprint, images }, engine };
}

function readState(fields: Fields, arrays: Weights): TrainingState | undefined {
  const [step, epoch, epochSteps] = [
    whole(fields, 'step'),
    whole(fields, 'epoch'),
    whole(fields, 'epochSteps'),
  ];
  const seconds = number(fields, 'seconds');
  const sums = fieldsOf(fields.get('sums'));
  const [seen, loss] = [whole(sums, 'seen'), number(sums, 'loss')];
  const results = list(fields, 'results').map((result) => readResult(fieldsOf(result)));
  const finished = results.filter((result) => result !== undefined);
  if (step === undefined || epoch === undefined || epochSteps === undefined || seconds === undefined)
    return undefined;
  if (seen === undefined || loss === undefined || finished.length !== results.length) return undefined;
  // The epochs that ended are those before the one that runs.
  if (finished.some((result, place) => result.epoch !== place + 1) || finished.length !== epoch - 1)
    return undefined;
  return {
    step,
    epoch,
    epochSteps,
    seconds,
    sums: { seen, loss, correct: number(sums, 'correct') },
    results: finished,
    weights: ownWeights(arrays),
    slots: slotsIn(arrays),
    best: readBest(fieldsOf(fields.get('best')), arrays),
  };
}

function readResult(fields: Fields): EpochResult | undefined {
  const [epoch, loss] = [whole(fields, 'epoch'), number(fields, 'loss')];
  const [rate, seconds] = [number(fields, 'rate'), number(fields, 'seconds')];
  if (epoch === undefined || loss === undefined || rate === undefined || seconds === undefined)
    return undefined;
  const measured = (name: string): Measured | undefined => {
    const own = fieldsOf(fields.get(name));
    const [measuredLoss, accuracy] = [number(own, 'loss'), number(own, 'accuracy')];
    return measuredLoss === undefined || accuracy === undefined
      ? undefined
      : { loss: measuredLoss, accuracy };
  };
  const accuracy = number(fields, 'accuracy');
  return { epoch, loss, accuracy, validation: measured('validation'), test: measured('test'), rate, seconds };
}

function readBest(fields: Fields, arrays: Weights): TrainingState['best'] {
  const [epoch, loss] = [whole(fields, 'epoch'), number(fields, 'loss')];
  if (epoch === undefined || loss === undefined) return undefined;
  return { epoch, loss, weights: under(arrays, prefixes.best) };
}

function slotsIn(arrays: Weights): TrainingState['slots'] {
  const slots = new Map<string, Map<string, Float32Array>>();
  for (const [place, { values }] of under(arrays, prefixes.slot)) {
    const [slot = '', name = ''] = place.split('/');
    const own = slots.get(name) ?? new Map<string, Float32Array>();
    slots.set(name, own.set(slot, values));
  }
  return slots;
}

function under(arrays: Weights, prefix: string): ReadonlyMap<string, WeightArray> {
  return new Map(
    [...arrays].flatMap(([name, array]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), array] as const] : [],
    ),
  );
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return undefined;
  }
}
