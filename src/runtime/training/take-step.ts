import type { Tensor } from '@tensorflow/tfjs-core';
import { layerSeed } from '../executor/seeds.js';
import { lossAndGradients } from '../executor/training-step.js';
import type { ExecutionPlan, OutputLoss, OutputResult, StepResult } from '../executor/types.js';
import type { Follower } from './optimizers/follow.js';
import type { WeightStore } from './weight-store.js';

/** What all steps of a training have in common. */
export interface Stepper {
  readonly plan: ExecutionPlan;
  readonly store: WeightStore;
  readonly losses: ReadonlyMap<string, OutputLoss>;
  readonly frozen: ReadonlySet<string>;
  readonly seed: number;
  readonly clip: number | undefined;
  readonly followers: ReadonlyMap<string, Follower>;
}

/** A part of the batch of a step, which belongs to the caller. */
export interface Part {
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly targets: ReadonlyMap<string, Tensor>;
  /** The share of the step's images that it has; all parts together have 1. */
  readonly share: number;
}

/** What one step reads. */
export interface StepFeed {
  /** How many parts the batch is read in. */
  readonly parts: number;
  /** Reads with one of the parts; its tensors end with the reading. */
  readonly withPart: <T>(place: number, read: (part: Part) => T) => T;
  /** From 1. */
  readonly step: number;
  readonly rate: number;
}

/** What a step found before it moved the weights. */
export interface StepFindings {
  readonly loss: number;
  readonly outputs: readonly OutputResult[];
  /** What is no finite number any more, after which nothing can be learnt. */
  readonly broken: Broken | undefined;
}

/** What went beyond the numbers: the loss, or the gradient or the new values of a weight. */
export type Broken =
  | { readonly kind: 'loss'; readonly value: number }
  | { readonly kind: 'gradient' | 'weight'; readonly name: string };

/** Computes the gradients of one batch and moves the weights along them; a loss or gradient that is no number moves nothing. */
export function takeStep(stepper: Stepper, feed: StepFeed): StepFindings {
  const results = Array.from({ length: feed.parts }, (_, place) =>
    feed.withPart(place, (part) => gradientsOf(stepper, { feed, part, place })),
  );
  const [first, ...others] = results;
  if (first === undefined) throw new Error('a step reads at least one part');
  for (const other of others) addUp(first.gradients, other.gradients);
  const findings = {
    loss: results.reduce((sum, { loss, share }) => sum + share * loss, 0),
    outputs: together(results),
  };
  const broken = Number.isFinite(findings.loss)
    ? follow(stepper, feed, first.gradients)
    : { kind: 'loss' as const, value: findings.loss };
  return { ...findings, broken };
}

/** What one part gave, its gradients on the host and times its share. */
interface PartResult extends Pick<StepResult, 'loss' | 'outputs'> {
  readonly share: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

function gradientsOf(
  { plan, store, losses, frozen, seed }: Stepper,
  { feed, part, place }: { readonly feed: StepFeed; readonly part: Part; readonly place: number },
): PartResult {
  const { inputs, targets, share } = part;
  // Each part draws other dropout masks.
  const own = place === 0 ? seed : layerSeed(seed, place, 'part');
  const read = { inputs, targets, weights: store.tensors, losses, frozen, seed: own, step: feed.step };
  const { loss, outputs, gradients, updates } = lossAndGradients(plan, read);
  try {
    // The next part goes on from the statistics that this one moved.
    for (const [name, update] of updates) {
      store.values(name).set(update.dataSync<'float32'>());
      store.hand(name);
    }
    const slopes = [...gradients].map(([name, gradient]) => {
      const slope = scaled(gradient.dataSync<'float32'>(), share);
      // What was copied need not be on the engine as well.
      gradient.dispose();
      return [name, slope] as const;
    });
    return { loss, outputs, share, gradients: new Map(slopes) };
  } finally {
    for (const gradient of gradients.values()) gradient.dispose();
    for (const update of updates.values()) update.dispose();
  }
}

/** A copy: on some engines what is read is the tensor's own memory, which ends with it. */
function scaled(values: Float32Array, share: number): Float32Array {
  return share === 1 ? values.slice() : values.map((value) => value * share);
}

function addUp(sums: ReadonlyMap<string, Float32Array>, parts: ReadonlyMap<string, Float32Array>): void {
  for (const [name, sum] of sums) {
    const part = parts.get(name);
    part?.forEach((value, place) => (sum[place] = (sum[place] ?? 0) + value));
  }
}

/** The results of each output over all parts. */
function together(results: readonly PartResult[]): readonly OutputResult[] {
  const [first, ...others] = results;
  if (first === undefined || others.length === 0) return first?.outputs ?? [];
  return first.outputs.map(({ name }, place) => {
    const own = results.flatMap(({ outputs, share }) => {
      const output = outputs[place];
      return output === undefined ? [] : [{ ...output, share }];
    });
    const correct = own.map((output) => output.correct ?? 0).reduce((sum, count) => sum + count, 0);
    return {
      name,
      loss: own.reduce((sum, { loss, share }) => sum + share * loss, 0),
      count: own.reduce((sum, { count }) => sum + count, 0),
      ...(own[0]?.correct === undefined ? {} : { correct }),
    };
  });
}

function follow(
  { store, clip, followers }: Stepper,
  { rate, step }: StepFeed,
  slopes: ReadonlyMap<string, Float32Array>,
): Broken | undefined {
  for (const [name, gradient] of slopes) {
    if (!isFinite(gradient)) return { kind: 'gradient', name };
  }
  const moved = [...store.tensors.keys()].filter((name) => !slopes.has(name));
  const overflown = moved.find((name) => !isFinite(store.values(name)));
  if (overflown !== undefined) return { kind: 'weight', name: overflown };
  const factor = clip === undefined ? 1 : shortening(slopes.values(), clip);
  for (const [name, gradient] of slopes) {
    followers.get(name)?.move(store.values(name), { gradient, factor, rate, step });
    if (!isFinite(store.values(name))) return { kind: 'weight', name };
    store.hand(name);
  }
  return undefined;
}

/** True where no value is infinite or no number: only for such a one the difference from itself isn't 0. */
function isFinite(values: Float32Array): boolean {
  let sum = 0;
  // By places: an iterator takes five times as long, twice as much as the optimizer.
  for (let place = values.length - 1; place >= 0; place -= 1) {
    const value = values[place] ?? 0;
    sum += value - value;
  }
  return sum === 0;
}

/** What all gradients are multiplied by so that together they are no longer than the limit. */
export function shortening(gradients: Iterable<ArrayLike<number>>, limit: number): number {
  let squares = 0;
  for (const gradient of gradients) {
    for (let place = gradient.length - 1; place >= 0; place -= 1) {
      const value = gradient[place] ?? 0;
      squares += value * value;
    }
  }
  const length = Math.sqrt(squares);
  return length > limit ? limit / length : 1;
}
