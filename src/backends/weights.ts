/** One array of weights on the host. */
export interface WeightArray {
  readonly shape: readonly number[];
  /** In row-major order. */
  readonly values: Float32Array;
}

/** The weights of a model by name: `residual3.conv1.kernel`. */
export type Weights = ReadonlyMap<string, WeightArray>;
