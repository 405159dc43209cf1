import type { Graph } from '../ir/graph.js';

/** One array of weights on the host, in row-major order. */
export interface Values {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A graph and the values of its weights by name; where only the graph matters, the values may be absent. */
export interface Model {
  readonly graph: Graph;
  readonly weights: ReadonlyMap<string, Values>;
}
