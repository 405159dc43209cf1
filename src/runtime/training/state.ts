import type { Weights } from '../weights/weights.js';
import type { EpochResult } from './epoch-result.js';
import type { MeterSums } from './meter.js';

/**
 * Where a training stands: what it needs, besides its settings, its seed and its data, to go on as if it had never
 * ended. Every random number is drawn by the seed, the epoch and a name, so that no generator has a state of its own.
 */
export interface TrainingState {
  /** Steps that were taken in all; optimizers correct their bias by it. */
  readonly step: number;
  /** The epoch that runs, from 1; the one behind the last where all have ended. */
  readonly epoch: number;
  /** Steps of this epoch that were taken. */
  readonly epochSteps: number;
  readonly sums: MeterSums;
  /** Seconds that this epoch took so far. */
  readonly seconds: number;
  /** The epochs that were finished. */
  readonly results: readonly EpochResult[];
  /** Moving statistics among them. */
  readonly weights: Weights;
  /** What the optimizer remembers of each weight, by its name and the slot's. */
  readonly slots: ReadonlyMap<string, ReadonlyMap<string, Float32Array>>;
  /** The epoch that did best on the validation images, where there are some. */
  readonly best: BestEpoch | undefined;
}

/** The epoch that did best so far. */
export interface BestEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly weights: Weights;
}

/** Keeps states of a training, so that it can go on from there. */
export interface Keeper {
  /** Asked after every step and at the end of every epoch. */
  isDue(step: number, isEpochEnd: boolean): boolean;
  /** Takes a state, which is its own. */
  keep(state: TrainingState): void;
}
