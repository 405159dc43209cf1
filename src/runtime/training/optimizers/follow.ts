/** What one array of weights follows in a step. */
export interface Slope {
  /** In the order of the weights. */
  readonly gradient: ArrayLike<number>;
  /** What the gradient is multiplied by, to keep it short. */
  readonly factor: number;
  /** The learning rate of this step. */
  readonly rate: number;
  /** The number of the step, from 1. */
  readonly step: number;
}

/** Moves one array of weights in place by one step, and remembers what it needs for the next. */
export type Follow = (weights: Float32Array, slope: Slope) => void;
