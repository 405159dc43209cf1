import type { Model } from './model.js';
import { passOf, type Pass, type Refusal } from './rewrite.js';
import { dropIdentities } from './rewrites/drop-identities.js';
import { dropTraining } from './rewrites/drop-training.js';
import { foldBatchNorm } from './rewrites/fold-batch-norm.js';

/** What is left out where nothing is trained any more, in terms of the graph alone. */
export const inferencePasses: readonly Pass[] = [passOf(dropTraining), passOf(dropIdentities)];

/** What needs the values of the weights as well. */
export const foldingPasses: readonly Pass[] = [passOf(foldBatchNorm)];

/** What several passes made of a model. */
export interface Optimised {
  readonly model: Model;
  /** At how many places each pass applied, by its name. */
  readonly counts: ReadonlyMap<string, number>;
  /** What the passes could not do, each in its last round. */
  readonly refusals: readonly Refusal[];
}

/** Runs each pass until it changes nothing, one pass after the other; the model that it is given stays as it was. */
export function optimise(model: Model, passes: readonly Pass[]): Optimised {
  const counts = new Map<string, number>();
  const refusals: Refusal[] = [];
  let current = model;
  for (const pass of passes) {
    let rewritten = pass.apply(current);
    let count = rewritten.count;
    while (rewritten.count > 0) {
      current = rewritten.model;
      rewritten = pass.apply(current);
      count += rewritten.count;
    }
    counts.set(pass.name, count);
    refusals.push(...rewritten.refusals);
  }
  return { model: current, counts, refusals };
}
