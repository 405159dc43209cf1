/** How far what one runner gives for a layer is from what the reference gives. */
export interface LayerDifference {
  /** The path of the layer. */
  readonly path: string;
  /** The largest difference of two values. */
  readonly difference: number;
  /** The largest difference by the largest magnitude of the reference in this layer. */
  readonly relative: number;
}

/** How one runner compares with the reference, in the order of the layers. */
export interface RunnerDifferences {
  /** The name of an engine or a target. */
  readonly name: string;
  /** The layers that it gives; those that became part of a later one are absent. */
  readonly layers: readonly LayerDifference[];
  /** The layer that differs most, by its magnitude; absent where nothing was compared. */
  readonly largest: LayerDifference | undefined;
  /** The first layer whose difference is beyond the tolerance. */
  readonly departs: LayerDifference | undefined;
}

/** Something that was not run, and why. */
export interface Skipped {
  readonly name: string;
  readonly why: string;
}

/** What running a model in several ways has shown. */
export interface Verification {
  readonly model: string;
  /** The engine that the others are held against: the first that opened; absent where none did. */
  readonly reference: string | undefined;
  readonly tolerance: number;
  /** Images, or whatever the model reads, that were run at once. */
  readonly batch: number;
  /** The layers in the order in which they run, without the inputs. */
  readonly layers: readonly { readonly path: string; readonly kind: string }[];
  readonly runners: readonly RunnerDifferences[];
  readonly skipped: readonly Skipped[];
}
