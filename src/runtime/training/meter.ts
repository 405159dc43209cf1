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

/** Sums up the findings of an epoch. */
export interface Meter {
  add(findings: StepFindings, images: number): void;
  /** The sums so far, as means. */
  means(): { readonly seen: number; readonly loss: number; readonly accuracy: number | undefined };
}

/** Starts an epoch; `output` is the one whose accuracy counts. */
export function startMeter(output: string): Meter {
  let seen = 0;
  let loss = 0;
  let correct: number | undefined = 0;
  return {
    add(findings, images) {
      const found = findings.outputs.find(({ name }) => name === output)?.correct;
      correct = found === undefined || correct === undefined ? undefined : correct + found;
      loss += findings.loss * images;
      seen += images;
    },
    means: () => ({
      seen,
      loss: seen === 0 ? 0 : loss / seen,
      accuracy: correct === undefined || seen === 0 ? undefined : correct / seen,
    }),
  };
}
