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

/** What moves one array of weights. */
export interface Follower {
  /** All that it remembers from step to step, by name, each as long as the weights: a copy of it goes on the same way. */
  readonly slots: ReadonlyMap<string, Float32Array>;
  /** Moves the weights in place by one step. */
  readonly move: (weights: Float32Array, slope: Slope) => void;
}
