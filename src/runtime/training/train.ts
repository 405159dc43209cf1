import type { Tensor } from '@tensorflow/tfjs-core';
import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';
import { shuffledIndices } from '../random/shuffle.js';
import type { Weights } from '../weights/weights.js';
import { augmenter } from './augment/augment.js';
import { imageTensor, targetTensor, type Change } from './batch.js';
import { openCourse, type Course, type EpochResult, type TrainingOptions } from './course.js';
import { evaluateWith } from './evaluate-model.js';
import { startMeter, type Progress } from './meter.js';
import { rateFactor } from './schedule.js';
import { takeStep } from './take-step.js';

/** What was learnt. */
export interface Trained {
  readonly weights: Weights;
  /** The epochs that were finished. */
  readonly epochs: readonly EpochResult[];
  /** How many steps were taken. */
  readonly steps: number;
  /** True where the signal ended it. */
  readonly interrupted: boolean;
}

/** Trains a model as its `train` block says, and gives the weights. */
export async function train(options: TrainingOptions): Promise<Outcome<Trained>> {
  const prepared = openCourse(options);
  if (!prepared.ok) return prepared;
  const course = prepared.value;
  try {
    const { epochs } = options.settings;
    for (let epoch = 1; epoch <= epochs && options.signal?.aborted !== true; epoch += 1) {
      const failure = await runEpoch(options, course, epoch);
      if (failure !== undefined) return failure;
    }
    return succeed({
      weights: course.stepper.store.copy(),
      epochs: course.results,
      steps: course.step,
      interrupted: options.signal?.aborted === true,
    });
  } finally {
    course.stepper.store.dispose();
  }
}

async function runEpoch(
  options: TrainingOptions,
  course: Course,
  epoch: number,
): Promise<Failure | undefined> {
  const { settings, data, signal, onProgress } = options;
  const { model, generator, results } = course;
  const began = performance.now();
  const { training } = data;
  const order = shuffledIndices(training.count, generator.fork(`order ${String(epoch)}`));
  const change = augmenter(settings.augment, model.shape, generator.fork(`changes ${String(epoch)}`));
  const meter = startMeter(model.output.name);
  for (let first = 0; first < training.count && signal?.aborted !== true; first += settings.batch) {
    const before = performance.now();
    const indices = order.subarray(first, first + settings.batch);
    const rate = settings.optimizer.rate * rateFactor(settings.schedule, placeOf(options, course));
    const findings = stepOn(options, course, { indices, rate, change });
    course.step += 1;
    if (!Number.isFinite(findings.loss)) return brokenLoss(findings.loss, course.step, epoch);
    meter.add(findings, indices.length);
    course.stepping += performance.now() - before;
    onProgress?.(progressOf(options, course, epoch, { rate, ...meter.means() }));
    await course.pause();
  }
  if (signal?.aborted === true) return undefined;
  const validation = await validate(options, course);
  const { loss, accuracy } = meter.means();
  const result = { epoch, loss, accuracy, validation, seconds: (performance.now() - began) / 1000 };
  results.push(result);
  options.onEpoch?.(result);
  return undefined;
}

function stepOn(
  { settings, data, graph }: TrainingOptions,
  { model, stepper, normalisation, step }: Course,
  batch: { readonly indices: Uint32Array; readonly rate: number; readonly change: Change | undefined },
) {
  const { indices, rate, change } = batch;
  const made: Tensor[] = [];
  try {
    const images = imageTensor(data.training, indices, normalisation, change);
    made.push(images);
    const target = targetTensor(data.training, indices, model.classes, settings.loss.kind);
    made.push(target);
    const inputs = new Map([[model.input, images]]);
    const targets = new Map(graph.outputs.map(({ name }) => [name, target]));
    return takeStep(stepper, { inputs, targets, step: step + 1, rate });
  } finally {
    for (const tensor of made) tensor.dispose();
  }
}

async function validate(
  { graph, settings, data, validates = true, signal }: TrainingOptions,
  { model, stepper }: Course,
): Promise<EpochResult['validation']> {
  if (!validates || data.test.count === 0) return undefined;
  const { tensors } = stepper.store;
  const evaluation = await evaluateWith({
    graph,
    settings,
    examples: data.test,
    data,
    model,
    tensors,
    ...(signal === undefined ? {} : { signal }),
  });
  // What an abort cut short would be the result of some of the images.
  return signal?.aborted === true ? undefined : { loss: evaluation.loss, accuracy: evaluation.accuracy };
}

function placeOf({ settings, data }: TrainingOptions, { step, results }: Course) {
  return {
    step,
    stepsPerEpoch: Math.ceil(data.training.count / settings.batch),
    epochs: settings.epochs,
    losses: results.map(({ loss, validation }) => validation?.loss ?? loss),
  };
}

function progressOf(
  { settings, data }: TrainingOptions,
  { stepping }: Course,
  epoch: number,
  now: Pick<Progress, 'rate' | 'seen' | 'loss' | 'accuracy'>,
): Progress {
  const images = data.training.count;
  const all = (epoch - 1) * images + now.seen;
  const perSecond = stepping === 0 ? 0 : (1000 * all) / stepping;
  return {
    ...now,
    epoch,
    epochs: settings.epochs,
    images,
    imagesPerSecond: perSecond,
    secondsLeft: perSecond === 0 ? 0 : (settings.epochs * images - all) / perSecond,
  };
}

function brokenLoss(loss: number, step: number, epoch: number): Failure {
  const value = Number.isNaN(loss) ? 'not a number any more' : 'infinite';
  return failWith(
    problem(
      'loss-not-finite',
      `in step ${String(step)}, epoch ${String(epoch)}, the loss is ${value}`,
      'try a smaller learning rate, `optimizer … rate=…`, or shorter gradients, `clip 1`',
    ),
  );
}
