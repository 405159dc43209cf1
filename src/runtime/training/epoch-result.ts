/** How well images were read that the model wasn't trained on. */
export interface Measured {
  readonly loss: number;
  readonly accuracy: number;
}

/** How one epoch went. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number | undefined;
  /** On the images that were kept apart for validation; absent where none were. */
  readonly validation: Measured | undefined;
  /** On the test images; absent where they weren't read. Nothing is decided by it. */
  readonly test: Measured | undefined;
  /** The learning rate of its last step. */
  readonly rate: number;
  readonly seconds: number;
}

/** What schedules and early stopping go by: the loss on the validation images, else that on the trained ones. */
export function decisiveLosses(results: readonly EpochResult[]): readonly number[] {
  return results.map(({ loss, validation }) => validation?.loss ?? loss);
}
