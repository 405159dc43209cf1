import type { StepFindings } from './take-step.js';

/** How a training goes. */
export interface Progress {
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Images of this epoch that were seen, and all of them. */
  readonly seen: number;
  readonly images: number;
  /** Mean over the images of this epoch so far, penalties and other outputs included. */
  readonly loss: number;
  /** Share of the images of this epoch so far that were read rightly; absent where the loss doesn't tell. */
  readonly accuracy: number | undefined;
  readonly rate: number;
  readonly imagesPerSecond: number;
  /** Until the last epoch ends. */
  readonly secondsLeft: number;
}

/** Sums over the images of an epoch. */
export interface MeterSums {
  readonly seen: number;
  readonly loss: number;
  /** Absent where the loss doesn't tell what is read rightly. */
  readonly correct: number | undefined;
}

/** The sums before the first step of an epoch. */
export const noSums: MeterSums = { seen: 0, loss: 0, correct: 0 };

/** The sums with those of a step; `output` is the one whose accuracy counts. */
export function addFindings(
  sums: MeterSums,
  findings: StepFindings,
  { images, output }: { readonly images: number; readonly output: string },
): MeterSums {
  const found = findings.outputs.find(({ name }) => name === output)?.correct;
  return {
    seen: sums.seen + images,
    loss: sums.loss + findings.loss * images,
    correct: found === undefined || sums.correct === undefined ? undefined : sums.correct + found,
  };
}

/** The sums as means. */
export function meansOf({ seen, loss, correct }: MeterSums): Pick<Progress, 'seen' | 'loss' | 'accuracy'> {
  return {
    seen,
    loss: seen === 0 ? 0 : loss / seen,
    accuracy: correct === undefined || seen === 0 ? undefined : correct / seen,
  };
}
