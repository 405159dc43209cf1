import { readTraining } from '../../compiler/training/read-training.js';
import type { TrainSettings } from '../../compiler/training/settings.js';
import { makeSource, spanOf } from '../../diagnostics/source.js';

/** How a model without a `train` block is trained: every setting has its default. */
export function defaultTraining(model: string): TrainSettings {
  const span = spanOf(makeSource('', ''), 0, 0);
  const settings = readTraining({ model: { text: model, span }, settings: [] }, ({ message }) => {
    throw new Error(message);
  });
  if (settings === undefined) throw new Error('the defaults of a training are not complete');
  return settings;
}
