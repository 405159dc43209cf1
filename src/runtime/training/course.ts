import type { Graph } from '../../compiler/ir/graph.js';
import type { OptimizerSettings, TrainSettings } from '../../compiler/training/settings.js';
import { selectExamples, type DataSet, type Examples } from '../data/data-set.js';
import { planExecution } from '../executor/plan.js';
import type { ExecutionPlan } from '../executor/types.js';
import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';
import { makeGenerator, type Generator } from '../random/generator.js';
import { initialWeights } from '../weights/initial-weights.js';
import type { Weights } from '../weights/weights.js';
import { checkAugmentation } from './augment/augment.js';
import { checkState } from './check-state.js';
import { checkClassWeights, classFactors } from './class-factors.js';
import type { EpochResult } from './epoch-result.js';
import { frozenWeights } from './frozen.js';
import { holdOut, type HeldOut } from './hold-out.js';
import { checkClasses, imageModelOf, type ImageModel } from './image-model.js';
import { noSums, type MeterSums, type Progress } from './meter.js';
import { checkNormalisation, normalisationOf, type Normalisation } from './normalise.js';
import { lossOf } from './output-loss.js';
import type { Follower } from './optimizers/follow.js';
import { followerOf } from './optimizers/follower.js';
import { makePause } from './pause.js';
import type { BestEpoch, Keeper, TrainingState } from './state.js';
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
  /** Where an earlier training with the same settings, seed and data stood, to go on from there. */
  readonly state?: TrainingState;
  /** Keeps states on the way. */
  readonly keeper?: Keeper;
  /** Whether the test images are read; they are where nothing is said. */
  readonly tests?: boolean;
  /** Is told after every step how it goes. */
  readonly onProgress?: (progress: Progress) => void;
  /** Is told after every epoch how it went. */
  readonly onEpoch?: (result: EpochResult) => void;
  /** Ends the training after the step that runs; what was learnt is kept. */
  readonly signal?: AbortSignal;
}

/** A training on its way. */
export interface Course {
  readonly model: ImageModel;
  readonly stepper: Stepper;
  readonly normalisation: Normalisation;
  readonly generator: Generator;
  readonly heldOut: HeldOut;
  /** The images that were kept apart. */
  readonly validation: Examples;
  readonly pause: () => Promise<void>;
  readonly results: EpochResult[];
  /** As in the state of a training. */
  step: number;
  epoch: number;
  epochSteps: number;
  sums: MeterSums;
  seconds: number;
  best: BestEpoch | undefined;
  /** Milliseconds that steps took, and the images they saw. */
  stepping: number;
  stepped: number;
  /** The step and epoch of the last state that was kept. */
  kept: string;
}

/** Looks a training over and opens what it needs; whoever opens a course disposes its weights. */
export function openCourse(options: TrainingOptions): Outcome<Course> {
  const { graph, settings, data, seed, state } = options;
  const looked = imageModelOf(graph);
  if (!looked.ok) return looked;
  const model = looked.value;
  const hindrance =
    checkClasses(graph, model, data, settings.loss) ??
    checkNormalisation(settings.preprocess, model.shape.channels) ??
    checkAugmentation(settings.augment, model.shape.channels) ??
    checkClassWeights(settings, data) ??
    checkExamples(data);
  if (hindrance !== undefined) return hindrance;
  const plan = planExecution(graph);
  const frozen = frozenWeights(graph, plan.weights, settings.freeze);
  if (!frozen.ok) return frozen;
  const heldOut = holdOut(settings, data, seed);
  if (!heldOut.ok) return heldOut;
  const { trained, validation } = heldOut.value;
  const classWeights = classFactors(settings.classWeights, data, trained);
  const stepper: Stepper = {
    plan,
    store: openStore(state?.weights ?? options.weights ?? initialWeights(graph, seed)),
    losses: new Map(
      graph.outputs.map((output) => [output.name, lossOf(settings.loss, graph, output, classWeights)]),
    ),
    frozen: frozen.value,
    seed,
    clip: settings.clip,
    followers: followersOf(plan, frozen.value, settings.optimizer),
  };
  const keepsBest = validation.length > 0;
  const oversize = options.keeper && checkState({ model: graph.name, ...stepper, keepsBest });
  const lacking = oversize ?? (state && fillSlots(stepper, state));
  if (lacking !== undefined) {
    stepper.store.dispose();
    return lacking;
  }
  return succeed({
    model,
    stepper,
    normalisation: normalisationOf(settings.preprocess, model.shape.channels),
    generator: makeGenerator(seed),
    heldOut: heldOut.value,
    validation: selectExamples(data.training, validation),
    pause: makePause(),
    results: [...(state?.results ?? [])],
    step: state?.step ?? 0,
    epoch: state?.epoch ?? 1,
    epochSteps: state?.epochSteps ?? 0,
    sums: state?.sums ?? noSums,
    seconds: state?.seconds ?? 0,
    best: state?.best,
    stepping: 0,
    stepped: 0,
    kept: state === undefined ? '' : placeKey(state),
  });
}

/** Where a course stands, as a text to compare. */
export function placeKey({ step, epoch }: { readonly step: number; readonly epoch: number }): string {
  return `${String(step)} ${String(epoch)}`;
}

/** What is needed to go on from here; the arrays are copies. */
export function stateOf(course: Course): TrainingState {
  const { stepper, step, epoch, epochSteps, sums, seconds, results, best } = course;
  const slots = [...stepper.followers].map(([name, follower]) => {
    const copies = [...follower.slots].map(([slot, values]) => [slot, values.slice()] as const);
    return [name, new Map(copies)] as const;
  });
  return {
    step,
    epoch,
    epochSteps,
    sums,
    seconds,
    results: [...results],
    weights: stepper.store.copy(),
    slots: new Map(slots),
    best,
  };
}

function followersOf(
  { weights }: ExecutionPlan,
  frozen: ReadonlySet<string>,
  optimizer: OptimizerSettings,
): ReadonlyMap<string, Follower> {
  const trained = weights.filter(({ name, spec }) => spec.trainable && !frozen.has(name));
  return new Map(
    trained.map(({ name, shape }) => [
      name,
      followerOf(
        optimizer,
        shape.reduce((product, size) => product * size, 1),
      ),
    ]),
  );
}

/** Puts what an optimizer remembered into the memories of a new one. */
function fillSlots({ followers }: Stepper, { slots }: TrainingState): Failure | undefined {
  for (const [name, follower] of followers) {
    for (const [slot, values] of follower.slots) {
      const kept = slots.get(name)?.get(slot);
      if (kept?.length !== values.length) {
        const has = kept === undefined ? 'lacks' : 'has not all of';
        return failWith(
          problem('broken-checkpoint', `the state ${has} the optimizer’s \`${slot}\` of \`${name}\``),
        );
      }
      values.set(kept);
    }
  }
  return undefined;
}

function checkExamples({ name, training }: DataSet): Failure | undefined {
  return training.count > 0
    ? undefined
    : failWith(problem('no-examples', `${name} has no images to train on`));
}
