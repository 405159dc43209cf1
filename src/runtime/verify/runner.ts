import type { Weights } from '../weights/weights.js';

/** What every layer gives, by its path, on the host. */
export type LayerValues = ReadonlyMap<string, Float32Array>;

/** What inputs are given, by the paths of their nodes: the batch comes first. They are arrays as weights are. */
export type InputArrays = Weights;

/** One way to run a model: an engine, or a target that is built, loaded and run. */
export interface Runner {
  /** `wasm`, `tfjs-layers`. */
  readonly name: string;
  /** Runs on the engine that is open. */
  run(inputs: InputArrays): Promise<LayerValues>;
}
