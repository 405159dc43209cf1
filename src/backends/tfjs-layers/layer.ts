import type { Shape } from '../../compiler/ops/op.js';
import type { Weights } from '../weights.js';

/** A tensor of the model in the making: what one call of one layer gives. */
export interface Tensor {
  readonly kind: 'tensor';
  readonly layer: string;
  /** Which call of that layer, where it is shared. */
  readonly call: number;
  /** Without the batch. */
  readonly shape: Shape;
}

/** The arguments of a layer as Keras writes them; in lists `undefined` is written as null. */
export type Config = Readonly<Record<string, ConfigValue>>;

/** What a layer's arguments are made of. */
export type ConfigValue =
  string | number | boolean | undefined | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

/** One array of weights of a layer, and where its values come from. */
export interface LayerWeight {
  /** As tfjs-layers calls it: `depthwise_kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** As many values as the shape holds, of the weights of the model. */
  readonly valuesFrom: (weights: Weights) => Float32Array;
}

/** One layer of the model. */
export interface Layer {
  readonly className: string;
  readonly name: string;
  readonly config: Config;
  readonly weights: readonly LayerWeight[];
  /** What it reads in each of its calls. */
  readonly calls: readonly (readonly Tensor[])[];
}

/** A whole model, ready to be written. */
export interface LayersModel {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}
