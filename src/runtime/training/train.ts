import { succeed, type Failure, type Outcome } from '../outcome.js';
import type { Weights } from '../weights/weights.js';
import { brokenTraining } from './broken-training.js';
import { openCourse, placeKey, stateOf, type Course, type TrainingOptions } from './course.js';
import { hasStalled } from './early-stop.js';
import { decisiveLosses, type EpochResult, type Measured } from './epoch-result.js';
import { evaluateWith } from './evaluate-model.js';
import { addFindings, meansOf, noSums, type Progress } from './meter.js';
import { readEpoch, type EpochReader } from './read-epoch.js';
import { rateFactor } from './schedule.js';
import { takeStep } from './take-step.js';
import { openStore } from './weight-store.js';

/** What was learnt. */
export interface Trained {
  /** Those of the epoch that did best on the validation images, where there are some; else the last ones. */
  readonly weights: Weights;
  /** The epochs that were finished. */
  readonly epochs: readonly EpochResult[];
  /** The epoch that the weights are of, where it was chosen. */
  readonly bestEpoch: number | undefined;
  /** How well the test images are read with the weights; absent where they weren't read. */
  readonly test: Measured | undefined;
  /** How many steps were taken. */
  readonly steps: number;
  /** Why it ended: all epochs, no improvement for a while, or the signal. */
  readonly end: 'whole' | 'stalled' | 'interrupted';
}

/** Trains a model as its `train` block says, and gives the weights. */
export async function train(options: TrainingOptions): Promise<Outcome<Trained>> {
  const prepared = openCourse(options);
  if (!prepared.ok) return prepared;
  const course = prepared.value;
  try {
    while (endOf(options, course) === undefined) {
      const failure = await runEpoch(options, course);
      if (failure !== undefined) return failure;
    }
    keep(options, course);
    return await trainedOf(options, course);
  } finally {
    course.stepper.store.dispose();
  }
}

function endOf({ settings, signal }: TrainingOptions, course: Course): Trained['end'] | undefined {
  if (signal?.aborted === true) return 'interrupted';
  if (course.epoch > settings.epochs) return 'whole';
  const isBetween = course.epochSteps === 0;
  return isBetween && hasStalled(settings.stop, decisiveLosses(course.results)) ? 'stalled' : undefined;
}

async function runEpoch(options: TrainingOptions, course: Course): Promise<Failure | undefined> {
  const { settings, signal } = options;
  const reader = readEpoch(options, course);
  const steps = Math.ceil(course.heldOut.trained.length / settings.batch);
  const from = course.seconds - performance.now() / 1000;
  while (course.epochSteps < steps) {
    if (signal?.aborted === true) return undefined;
    const failure = stepOn(options, course, reader);
    if (failure !== undefined) return failure;
    course.seconds = from + performance.now() / 1000;
    if (course.epochSteps < steps && options.keeper?.isDue(course.step, false) === true)
      keep(options, course);
    await course.pause();
  }
  const measured = await measureEpoch(options, course);
  if (!measured.ok) {
    keep(options, course);
    return measured;
  }
  // What an abort cut short would be the result of some of the images.
  if (signal?.aborted === true) return undefined;
  course.seconds = from + performance.now() / 1000;
  endEpoch(options, course, measured.value);
  return undefined;
}

/** With images for validation those for tests are read once, at the end. */
async function measureEpoch(options: TrainingOptions, course: Course): Promise<Outcome<EpochMeasures>> {
  const validation = await measure(options, course, course.validation);
  if (!validation.ok) return validation;
  if (validation.value !== undefined) return succeed({ validation: validation.value, test: undefined });
  const test = await measureTests(options, course);
  return test.ok ? succeed({ validation: undefined, test: test.value }) : test;
}

type EpochMeasures = Pick<EpochResult, 'validation' | 'test'>;

function stepOn(options: TrainingOptions, course: Course, reader: EpochReader): Failure | undefined {
  const before = performance.now();
  const rate = rateOf(options, course);
  const read = reader(course.epochSteps);
  if (!read.ok) {
    // The weights are as good as ever: once the images are there again, the training goes on from here.
    keep(options, course);
    return read;
  }
  const batch = read.value;
  const findings = takeStep(course.stepper, { ...batch, step: course.step + 1, rate });
  course.step += 1;
  course.epochSteps += 1;
  if (findings.broken !== undefined) return brokenTraining(findings.broken, course.step, course.epoch);
  const output = course.model.output.name;
  course.sums = addFindings(course.sums, findings, { images: batch.images, output });
  course.stepping += performance.now() - before;
  course.stepped += batch.images;
  options.onProgress?.(progressOf(options, course, rate));
  return undefined;
}

/** Goes over to the next epoch. */
function endEpoch(options: TrainingOptions, course: Course, measured: EpochMeasures): void {
  const { epoch, seconds } = course;
  const { loss, accuracy } = meansOf(course.sums);
  // The rate of the step that was the last one: it is computed as it was then.
  const rate = rateOf(options, { ...course, step: course.step - 1 });
  const result = { epoch, loss, accuracy, ...measured, rate, seconds };
  const { validation } = measured;
  if (validation !== undefined && validation.loss < (course.best?.loss ?? Number.POSITIVE_INFINITY)) {
    course.best = { epoch, loss: validation.loss, weights: course.stepper.store.copy() };
  }
  course.results.push(result);
  course.epoch += 1;
  course.epochSteps = 0;
  course.sums = noSums;
  course.seconds = 0;
  options.onEpoch?.(result);
  if (options.keeper?.isDue(course.step, true) === true) keep(options, course);
}

/** Hands the state to whoever keeps states, unless it was the last one already. */
function keep({ keeper }: TrainingOptions, course: Course): void {
  const key = placeKey(course);
  if (keeper === undefined || course.kept === key || course.step === 0) return;
  keeper.keep(stateOf(course));
  course.kept = key;
}

async function trainedOf(options: TrainingOptions, course: Course): Promise<Outcome<Trained>> {
  const { results, best, step } = course;
  const end = endOf(options, course) ?? 'interrupted';
  const weights = best?.weights ?? course.stepper.store.copy();
  const test =
    best === undefined ? succeed(results.at(-1)?.test) : await testWith(options, course, best.weights);
  if (!test.ok) return test;
  return succeed({
    weights,
    epochs: results,
    bestEpoch: best?.epoch,
    test: test.value,
    steps: step,
    end,
  });
}

async function testWith(
  options: TrainingOptions,
  course: Course,
  weights: Weights,
): Promise<Outcome<Measured | undefined>> {
  if (options.signal?.aborted === true) return succeed(undefined);
  const store = openStore(weights);
  try {
    return await measureTests(options, { ...course, stepper: { ...course.stepper, store } });
  } finally {
    store.dispose();
  }
}

async function measureTests(
  options: TrainingOptions,
  course: Course,
): Promise<Outcome<Measured | undefined>> {
  const { data, tests = true } = options;
  return tests ? measure(options, course, data.test) : succeed(undefined);
}

async function measure(
  { graph, settings, data, signal }: TrainingOptions,
  { model, stepper }: Course,
  examples: TrainingOptions['data']['test'],
): Promise<Outcome<Measured | undefined>> {
  if (examples.count === 0) return succeed(undefined);
  const { tensors } = stepper.store;
  const evaluation = await evaluateWith({
    graph,
    settings,
    examples,
    data,
    model,
    tensors,
    ...(signal === undefined ? {} : { signal }),
  });
  if (!evaluation.ok) return evaluation;
  const { loss, accuracy } = evaluation.value;
  return succeed(signal?.aborted === true ? undefined : { loss, accuracy });
}

/** The learning rate of the next step. */
function rateOf({ settings }: TrainingOptions, { step, results, heldOut }: Course): number {
  const place = {
    step,
    stepsPerEpoch: Math.ceil(heldOut.trained.length / settings.batch),
    epochs: settings.epochs,
    losses: decisiveLosses(results),
  };
  return settings.optimizer.rate * rateFactor(settings.schedule, place);
}

function progressOf({ settings }: TrainingOptions, course: Course, rate: number): Progress {
  const images = course.heldOut.trained.length;
  const means = meansOf(course.sums);
  const all = (course.epoch - 1) * images + means.seen;
  const perSecond = course.stepping === 0 ? 0 : (1000 * course.stepped) / course.stepping;
  return {
    ...means,
    epoch: course.epoch,
    epochs: settings.epochs,
    images,
    rate,
    imagesPerSecond: perSecond,
    secondsLeft: perSecond === 0 ? 0 : (settings.epochs * images - all) / perSecond,
  };
}
