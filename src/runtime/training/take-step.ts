import type { Tensor } from '@tensorflow/tfjs-core';
import { lossAndGradients } from '../executor/training-step.js';
import type { ExecutionPlan, OutputLoss, OutputResult } from '../executor/types.js';
import type { Follow } from './optimizers/follow.js';
import type { WeightStore } from './weight-store.js';

/** What all steps of a training have in common. */
export interface Stepper {
  readonly plan: ExecutionPlan;
  readonly store: WeightStore;
  readonly losses: ReadonlyMap<string, OutputLoss>;
  readonly frozen: ReadonlySet<string>;
  readonly seed: number;
  readonly clip: number | undefined;
  readonly followers: ReadonlyMap<string, Follow>;
}

/** What one step reads. */
export interface StepFeed {
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly targets: ReadonlyMap<string, Tensor>;
  /** From 1. */
  readonly step: number;
  readonly rate: number;
}

/** What a step found before it moved the weights. */
export interface StepFindings {
  readonly loss: number;
  readonly outputs: readonly OutputResult[];
}

/** Computes the gradients of one batch and moves the weights along them; a loss that is no number moves nothing. */
export function takeStep(stepper: Stepper, feed: StepFeed): StepFindings {
  const { plan, store, losses, frozen, seed } = stepper;
  const { inputs, targets, step } = feed;
  const result = lossAndGradients(plan, {
    inputs,
    targets,
    weights: store.tensors,
    losses,
    frozen,
    seed,
    step,
  });
  try {
    if (Number.isFinite(result.loss)) follow(stepper, feed, result.gradients, result.updates);
  } finally {
    for (const gradient of result.gradients.values()) gradient.dispose();
    for (const update of result.updates.values()) update.dispose();
  }
  return { loss: result.loss, outputs: result.outputs };
}

function follow(
  { store, clip, followers }: Stepper,
  { rate, step }: StepFeed,
  gradients: ReadonlyMap<string, Tensor>,
  updates: ReadonlyMap<string, Tensor>,
): void {
  const slopes = new Map([...gradients].map(([name, gradient]) => [name, gradient.dataSync<'float32'>()]));
  const factor = clip === undefined ? 1 : shortening(slopes.values(), clip);
  for (const [name, gradient] of slopes) {
    const move = followers.get(name);
    if (move === undefined) continue;
    store.change(name, (values) => {
      move(values, { gradient, factor, rate, step });
    });
  }
  for (const [name, update] of updates) {
    store.change(name, (values) => {
      values.set(update.dataSync<'float32'>());
    });
  }
}

/** What all gradients are multiplied by so that together they are no longer than the limit. */
export function shortening(gradients: Iterable<Iterable<number>>, limit: number): number {
  let squares = 0;
  for (const gradient of gradients) {
    for (const value of gradient) squares += value * value;
  }
  const length = Math.sqrt(squares);
  return length > limit ? limit / length : 1;
}
