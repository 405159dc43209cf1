import type { Graph } from '../../compiler/ir/graph.js';
import type { TrainSettings } from '../../compiler/training/settings.js';
import type { DataSet } from '../data/data-set.js';
import { planExecution } from '../executor/plan.js';
import type { OutputLoss } from '../executor/types.js';
import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';
import { makeGenerator, type Generator } from '../random/generator.js';
import { initialWeights } from '../weights/initial-weights.js';
import type { Weights } from '../weights/weights.js';
import { checkAugmentation } from './augment/augment.js';
import { frozenWeights } from './frozen.js';
import { checkClasses, imageModelOf, type ImageModel } from './image-model.js';
import type { Progress } from './meter.js';
import { checkNormalisation, normalisationOf, type Normalisation } from './normalise.js';
import { followerOf } from './optimizers/follower.js';
import { makePause } from './pause.js';
import type { Stepper } from './take-step.js';
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

/** A training on its way. */
export interface Course {
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

/** Looks a training over and opens what it needs; whoever opens a course disposes its weights. */
export function openCourse({ graph, settings, data, seed, weights }: TrainingOptions): Outcome<Course> {
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
