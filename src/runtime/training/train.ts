import type { Tensor } from '@tensorflow/tfjs-core';
import type { Graph } from '../../compiler/ir/graph.js';
import type { TrainSettings } from '../../compiler/training/settings.js';
import type { DataSet } from '../data/data-set.js';
import { planExecution } from '../executor/plan.js';
import type { OutputLoss } from '../executor/types.js';
import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';
import { makeGenerator, type Generator } from '../random/generator.js';
import { shuffledIndices } from '../random/shuffle.js';
import { initialWeights } from '../weights/initial-weights.js';
import type { Weights } from '../weights/weights.js';
import { augmenter, checkAugmentation } from './augment/augment.js';
import { imageTensor, targetTensor, type Change } from './batch.js';
import { evaluateWith } from './evaluate-model.js';
import { frozenWeights } from './frozen.js';
import { checkClasses, imageModelOf, type ImageModel } from './image-model.js';
import { startMeter, type Progress } from './meter.js';
import { checkNormalisation, normalisationOf, type Normalisation } from './normalise.js';
import { followerOf } from './optimizers/follower.js';
import { makePause } from './pause.js';
import { rateFactor } from './schedule.js';
import { takeStep, type Stepper } from './take-step.js';
import { openStore } from './weight-store.js';

/** What a training reads; an engine must be open. */
export interface TrainingOptions {
  readonly graph: Graph;
  readonly settings: TrainSettings;
  readonly data: DataSet;
  /** Draws the weights, the order of the images, their changes and the dropout: the same seed gives the same weights. */
  readonly seed: number;
  /** What training begins with; fresh weights where nothing is said. */
  readonly weights?: Weights;
  /** Whether the test images are read after each epoch; they are where nothing is said. */
  readonly validates?: boolean;
  /** Is told after every step how it goes. */
  readonly onProgress?: (progress: Progress) => void;
  /** Is told after every epoch how it went. */
  readonly onEpoch?: (result: EpochResult) => void;
  /** Ends the training after the step that runs; what was learnt is kept. */
  readonly signal?: AbortSignal;
}

/** How one epoch went. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number | undefined;
  /** On the test images; absent where they weren't read. */
  readonly validation: { readonly loss: number; readonly accuracy: number } | undefined;
  readonly seconds: number;
}

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
  const prepared = prepare(options);
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

/** A training on its way. */
interface Course {
  readonly model: ImageModel;
  readonly stepper: Stepper;
  readonly normalisation: Normalisation;
  readonly generator: Generator;
  readonly pause: () => Promise<void>;
  readonly results: EpochResult[];
  /** Steps that were taken. */
  step: number;
  /** Milliseconds that steps took. */
  stepping: number;
}

function prepare({ graph, settings, data, seed, weights }: TrainingOptions): Outcome<Course> {
  const looked = imageModelOf(graph);
  if (!looked.ok) return looked;
  const model = looked.value;
  const hindrance =
    checkClasses(graph, model, data, settings.loss) ??
    checkNormalisation(settings.preprocess, model.shape.channels) ??
    checkAugmentation(settings.augment, model.shape.channels) ??
    checkExamples(data);
  if (hindrance !== undefined) return hindrance;
  const plan = planExecution(graph);
  const frozen = frozenWeights(graph, plan.weights, settings.freeze);
  if (!frozen.ok) return frozen;
  const loss: OutputLoss =
    settings.loss.kind === 'crossentropy'
      ? { kind: 'crossentropy', smoothing: settings.loss.smoothing }
      : { kind: 'squared' };
  const trained = plan.weights.filter(({ name, spec }) => spec.trainable && !frozen.value.has(name));
  const stepper: Stepper = {
    plan,
    store: openStore(weights ?? initialWeights(graph, seed)),
    losses: new Map(graph.outputs.map(({ name }) => [name, loss])),
    frozen: frozen.value,
    seed,
    clip: settings.clip,
    followers: new Map(
      trained.map(({ name, shape }) => [
        name,
        followerOf(
          settings.optimizer,
          shape.reduce((product, size) => product * size, 1),
        ),
      ]),
    ),
  };
  return succeed({
    model,
    stepper,
    normalisation: normalisationOf(settings.preprocess, model.shape.channels),
    generator: makeGenerator(seed),
    pause: makePause(),
    results: [],
    step: 0,
    stepping: 0,
  });
}

function checkExamples({ name, training }: DataSet): Failure | undefined {
  return training.count > 0
    ? undefined
    : failWith(problem('no-examples', `${name} has no images to train on`));
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
