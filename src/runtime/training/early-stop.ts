import type { StopSettings } from '../../compiler/training/settings.js';

/** True where the losses after each epoch haven't fallen for as long as the settings wait. */
export function hasStalled(stop: StopSettings | undefined, losses: readonly number[]): boolean {
  if (stop === undefined) return false;
  let least = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (const loss of losses) {
    const isBetter = loss < least - stop.least || least === Number.POSITIVE_INFINITY;
    waited = isBetter ? 0 : waited + 1;
    if (isBetter) least = loss;
    if (waited >= stop.patience) return true;
  }
  return false;
}
