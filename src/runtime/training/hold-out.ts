import type { TrainSettings } from '../../compiler/training/settings.js';
import type { DataSet } from '../data/data-set.js';
import { keepApart } from '../data/keep-apart.js';
import { failWith, problem, succeed, type Outcome } from '../outcome.js';
import { makeGenerator } from '../random/generator.js';

/** Which of the training images are trained on and which are kept apart for validation, by index, ascending. */
export interface HeldOut {
  readonly trained: Uint32Array;
  readonly validation: Uint32Array;
}

/** What is kept apart where a setting reads the validation images and the block doesn't say how many. */
const usualShare = 0.1;

/** Divides the training images; the test images are never used for decisions. */
export function holdOut(settings: TrainSettings, data: DataSet, seed: number): Outcome<HeldOut> {
  const { training, name } = data;
  const share = heldShare(settings);
  if (share === 0) {
    const trained = Uint32Array.from({ length: training.count }, (_, index) => index);
    return succeed({ trained, validation: new Uint32Array() });
  }
  const generator = makeGenerator(seed).fork('validation');
  const { kept, rest } = keepApart(training.labels, share, generator);
  if (kept.length > 0)
    return succeed({ trained: Uint32Array.from(rest), validation: Uint32Array.from(kept) });
  const percent = String(Math.round(1000 * share) / 10);
  return failWith(
    problem(
      'no-examples',
      `${percent}% of each class of ${name} for validation is no image: it has ${String(training.count)} to train on`,
      'take more images, or set `validation 0%`: the loss on the trained images then decides',
    ),
  );
}

/** The share of the training images that is kept apart. */
function heldShare({ validation, stop, schedule }: TrainSettings): number {
  const isRead = stop !== undefined || schedule.kind === 'plateau';
  return validation ?? (isRead ? usualShare : 0);
}
