import type { ScheduleSettings } from '../../compiler/training/settings.js';

/** Where a training is. */
export interface Place {
  /** Steps that were taken so far. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  /** The loss after each epoch so far: on the validation images where there are some. */
  readonly losses: readonly number[];
}

/** What the learning rate is multiplied by in the next step: first it rises evenly for `warmup` epochs. */
export function rateFactor(schedule: ScheduleSettings, place: Place): number {
  const rising = schedule.warmup * place.stepsPerEpoch;
  const risen = place.step + 1 < rising ? (place.step + 1) / rising : 1;
  return risen * factorAfter(schedule, place, rising);
}

function factorAfter(schedule: ScheduleSettings, place: Place, rising: number): number {
  const { step, stepsPerEpoch, epochs } = place;
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(step / (schedule.every * stepsPerEpoch));
    case 'exponential':
      return schedule.factor ** (step / stepsPerEpoch);
    case 'cosine': {
      const falling = epochs * stepsPerEpoch - rising;
      const share = falling <= 0 ? 0 : Math.max(0, step - rising) / falling;
      return schedule.floor + ((1 - schedule.floor) * (1 + Math.cos(Math.PI * share))) / 2;
    }
    case 'plateau':
      return schedule.factor ** plateaus(place.losses, schedule.patience);
  }
}

/** How often the loss didn't fall below its least for `patience` epochs in a row. */
function plateaus(losses: readonly number[], patience: number): number {
  let least = Number.POSITIVE_INFINITY;
  let waited = 0;
  let found = 0;
  for (const loss of losses) {
    waited = loss < least ? 0 : waited + 1;
    least = Math.min(least, loss);
    if (waited < patience) continue;
    found += 1;
    waited = 0;
  }
  return found;
}
