import { keep, scalar, tidy, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import { scaleBy } from '../../backends/tfjs-core/operations/constants.js';
import { sumOf } from '../../backends/tfjs-core/operations/joins.js';
import { startTape, type Tape } from '../../backends/tfjs-core/tape.js';
import { compareOutputs, numberIn, resultOf, type Comparison } from './compare.js';
import { forward, type TrainingPass } from './forward.js';
import { penalty } from './losses.js';
import { layerSeed } from './seeds.js';
import type { ExecutionPlan, PlannedWeight, StepResult, Tensors, TrainingFeed } from './types.js';

/**
 * Computes the loss of one batch and its gradients by the weights that are trained. The gradients and the moved
 * statistics belong to the caller; nothing else is left over, also after an error.
 */
export function lossAndGradients(plan: ExecutionPlan, feed: TrainingFeed): StepResult {
  const trained = plan.weights.filter(({ name, spec }) => spec.trainable && !isFrozen(name, feed));
  const leaves = trained.map(({ name }) => weightIn(feed.weights, name));
  const tape = startTape(leaves);
  const updates = new Map<string, Tensor>();
  try {
    const numbers: Pick<StepResult, 'loss' | 'outputs'>[] = [];
    const gradients: (readonly [string, Tensor])[] = [];
    tidy(() => {
      // Of the way forward only what the tape holds is there on the way back.
      const total = tidy(() => {
        // Penalties stand first on the tape, so that their gradients come last and aren't held on the whole way back.
        const penalties = penaltiesOf(trained, feed.weights, tape);
        const values = forward(plan.graph, plan.training, feed, passOf(tape, updates, feed));
        const comparisons = compareOutputs(plan, values, feed, tape);
        const loss = totalLoss(comparisons, penalties, tape);
        numbers.push({ loss: numberIn(loss), outputs: comparisons.map(resultOf) });
        return loss;
      });
      const found = tape.gradients(total, scalar(1));
      trained.forEach(({ name }, place) => {
        const leaf = leaves[place];
        const gradient = found[place] ?? (leaf && keep(zerosLike(leaf)));
        if (gradient !== undefined) gradients.push([name, gradient]);
      });
    });
    const [{ loss, outputs } = { loss: Number.NaN, outputs: [] }] = numbers;
    return { loss, outputs, gradients: new Map(gradients), updates };
  } catch (error) {
    for (const update of updates.values()) update.dispose();
    throw error;
  } finally {
    tape.dispose();
  }
}

function passOf(tape: Tape, updates: Map<string, Tensor>, feed: TrainingFeed): TrainingPass {
  return {
    tape,
    updates,
    trainingOf: ({ path, weights }, names) => {
      const nameOf = (weight: string): string =>
        names[weights.findIndex(({ name }) => name === weight)] ?? '';
      return {
        seed: () => layerSeed(feed.seed, feed.step, path),
        isFrozen: (weight) => isFrozen(nameOf(weight), feed),
        update(weight, value) {
          const name = nameOf(weight);
          if (isFrozen(name, feed)) return;
          // Layers that share their statistics move them one after the other.
          updates.get(name)?.dispose();
          updates.set(name, keep(value));
        },
      };
    },
  };
}

/** The outputs' losses by their weights, and the penalties. */
function totalLoss(comparisons: readonly Comparison[], penalties: readonly Tensor[], tape: Tape): Tensor {
  if (comparisons.length === 0) throw new Error('no output has both a target and a loss');
  const losses = comparisons.map(({ output, loss }) => scaleBy(loss.value, scalar(output.weight), tape));
  return sumOf([...losses, ...penalties], tape);
}

/** The penalties on what is trained, each a scalar. */
function penaltiesOf(trained: readonly PlannedWeight[], weights: Tensors, tape: Tape): readonly Tensor[] {
  return trained.flatMap(({ name, spec }) => {
    const { l1 = 0, l2 = 0 } = spec;
    return l1 === 0 && l2 === 0 ? [] : [penalty(weightIn(weights, name), l1, l2, tape)];
  });
}

function isFrozen(name: string, { frozen }: TrainingFeed): boolean {
  return frozen?.has(name) === true;
}

function weightIn(weights: Tensors, name: string): Tensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new Error(`\`${name}\` is not among the weights`);
  return tensor;
}
