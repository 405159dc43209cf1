import { failWith, problem, type Failure } from '../outcome.js';
import { largestWeightFile } from '../weights/largest-file.js';
import type { Follower } from './optimizers/follow.js';

/** What a checkpoint holds. */
export interface StateParts {
  readonly model: string;
  readonly store: { readonly tensors: ReadonlyMap<string, { readonly size: number }> };
  readonly followers: ReadonlyMap<string, Pick<Follower, 'slots'>>;
  /** Whether the weights of the best epoch are kept too. */
  readonly keepsBest: boolean;
}

/** A state that no checkpoint can hold, before anything is trained. */
export function checkState(
  { model, store, followers, keepsBest }: StateParts,
  limit = largestWeightFile - headerBytes,
): Failure | undefined {
  const weights = [...store.tensors.values()].reduce((sum, { size }) => sum + size, 0);
  const remembered = [...followers.values()]
    .flatMap(({ slots }) => [...slots.values()])
    .reduce((sum, { length }) => sum + length, 0);
  const bytes = 4 * ((keepsBest ? 2 : 1) * weights + remembered);
  if (bytes <= limit) return undefined;
  return failWith(
    problem(
      'checkpoint-too-large',
      `a checkpoint of \`${model}\` would take ${String(bytes)} bytes: limit ${String(limit)}`,
      'take an optimizer that remembers less, such as `optimizer sgd`, or train fewer of the weights with `freeze`',
    ),
  );
}

/** The longest header of names, shapes and history that is read. */
const headerBytes = 2 ** 24;
