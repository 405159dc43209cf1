import type { load } from '../../src/js/index.js';

/** What is given to a model, as plain data that a page takes. */
export type Inputs = readonly {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}[];

/** Loads a model over HTTP and gives its outputs. */
export type Loader = (url: string, inputs: Inputs) => Promise<number[][]>;

/** What the page of the test offers. */
export interface Loaders {
  readonly runLayers: Loader;
  readonly runGraph: Loader;
}

declare global {
  var loaders: Loaders;
  /** What the module of a folder exports. */
  var loadModel: typeof load;
}
