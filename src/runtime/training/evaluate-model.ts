import type { Graph } from '../../compiler/ir/graph.js';
import type { LossSettings, TrainSettings } from '../../compiler/training/settings.js';
import { pixelsAt, type Examples } from '../data/data-set.js';
import { planExecution } from '../executor/plan.js';
import type { Tensors } from '../executor/types.js';
import { succeed, type Outcome } from '../outcome.js';
import type { Weights } from '../weights/weights.js';
import { imageTensor } from './batch.js';
import { checkClasses, imageModelOf, type ImageModel } from './image-model.js';
import { checkNormalisation, normalisationOf } from './normalise.js';
import { makePause } from './pause.js';
import { readShares } from './read-shares.js';
import { openStore } from './weight-store.js';

/** How well a model reads images. */
export interface Evaluation {
  /** Mean over the images; without smoothing. */
  readonly loss: number;
  /** Share of the images that were read rightly. */
  readonly accuracy: number;
  readonly count: number;
  readonly perClass: readonly ClassResult[];
  /** For each class, as what its images were read: `confusion[actual][read]`. */
  readonly confusion: readonly (readonly number[])[];
}

/** How well the images of one class were read. */
export interface ClassResult {
  readonly name: string;
  readonly count: number;
  readonly correct: number;
  /** Absent where the class has no images. */
  readonly accuracy: number | undefined;
}

/** What an evaluation reads; an engine must be open. */
export interface EvaluationOptions {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly settings: TrainSettings;
  readonly examples: Examples;
  readonly data: { readonly name: string; readonly classes: readonly string[] };
  /** Is told how many images were read. */
  readonly onProgress?: (seen: number) => void;
  readonly signal?: AbortSignal;
}

/** Reads all images and compares with their classes; after an abort, those that were read by then. */
export async function evaluateModel(options: EvaluationOptions): Promise<Outcome<Evaluation>> {
  const { graph, weights, settings, data } = options;
  const model = imageModelOf(graph);
  if (!model.ok) return model;
  const hindrance =
    checkClasses(graph, model.value, data, settings.loss) ??
    checkNormalisation(settings.preprocess, model.value.shape.channels);
  if (hindrance !== undefined) return hindrance;
  const store = openStore(weights);
  try {
    return await evaluateWith({ ...options, model: model.value, tensors: store.tensors });
  } finally {
    store.dispose();
  }
}

/** How many images are read at once where nothing else matters. */
const readingBatch = 250;

/** The same with weights that are on the engine. */
export async function evaluateWith(
  options: Omit<EvaluationOptions, 'weights'> & { readonly model: ImageModel; readonly tensors: Tensors },
): Promise<Outcome<Evaluation>> {
  const { graph, settings, examples, data, model, tensors, onProgress, signal } = options;
  const plan = planExecution(graph, [model.output.name]);
  const normalisation = normalisationOf(settings.preprocess, model.shape.channels);
  const confusion = data.classes.map(() => data.classes.map(() => 0));
  const pause = makePause();
  const size = Math.min(readingBatch, Math.max(1, settings.batch));
  let losses = 0;
  let count = 0;
  for (let first = 0; first < examples.count; first += size) {
    if (signal?.aborted === true) break;
    const indices = Array.from(
      { length: Math.min(size, examples.count - first) },
      (_, place) => first + place,
    );
    const pixels = pixelsAt(examples, indices);
    if (!pixels.ok) return pixels;
    const images = imageTensor(model.shape, pixels.value, normalisation);
    const shares = readShares({ plan, model, weights: tensors, loss: settings.loss }, images);
    for (const [place, index] of indices.entries()) {
      const own = shares.subarray(place * model.classes, (place + 1) * model.classes);
      const label = examples.labels[index] ?? 0;
      const row = confusion[label];
      const read = largestOf(own);
      if (row !== undefined) row[read] = (row[read] ?? 0) + 1;
      losses += lossOf(own, label, settings.loss, model.values);
    }
    count += indices.length;
    onProgress?.(count);
    await pause();
  }
  return succeed({ ...summarise(confusion, data.classes), loss: count === 0 ? 0 : losses / count, count });
}

/** The place of the largest value; the first of equals. */
function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let place = 1; place < values.length; place += 1) {
    if ((values[place] ?? 0) > (values[largest] ?? 0)) largest = place;
  }
  return largest;
}

function lossOf(shares: Float64Array, label: number, loss: LossSettings, values: number): number {
  switch (loss.kind) {
    case 'crossentropy':
      return surprise(shares[label] ?? 0);
    case 'binary':
      if (values === 1) return surprise(shares[label] ?? 0);
      return (
        shares.reduce((sum, share, place) => sum + surprise(place === label ? share : 1 - share), 0) / values
      );
    case 'mse':
      return (
        shares.reduce((sum, share, place) => sum + (share - (place === label ? 1 : 0)) ** 2, 0) /
        shares.length
      );
  }
}

function surprise(share: number): number {
  return -Math.log(Math.max(share, leastShare));
}

/** The smallest positive number of single precision: a share that was rounded to 0 counts as this. */
const leastShare = 2 ** -149;

function summarise(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
): Pick<Evaluation, 'accuracy' | 'perClass' | 'confusion'> {
  const perClass = classes.map((name, place): ClassResult => {
    const row = confusion[place] ?? [];
    const count = row.reduce((sum, read) => sum + read, 0);
    const correct = row[place] ?? 0;
    return { name, count, correct, accuracy: count === 0 ? undefined : correct / count };
  });
  const count = perClass.reduce((sum, result) => sum + result.count, 0);
  const correct = perClass.reduce((sum, result) => sum + result.correct, 0);
  return { accuracy: count === 0 ? 0 : correct / count, perClass, confusion };
}
