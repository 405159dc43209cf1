import type { Weights } from '../weights.js';
import type { Attributes, DataType } from './attributes.js';

/** A tensor of the model in the making: one of those that an operation gives. */
export interface Tensor {
  readonly kind: 'tensor';
  /** The id of the operation. */
  readonly from: number;
  /** Which of its results. */
  readonly result: number;
}

/** One operation of the model; its name is given when all of them are known. */
export interface Operation {
  readonly id: number;
  /** What it wants to be called. */
  readonly name: string;
  /** `Conv2D`. */
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  /** What an operation that computes nothing stands for. */
  readonly constant: Constant | undefined;
}

/** Values that never change. */
export interface Constant {
  readonly type: DataType;
  readonly shape: readonly number[];
  /** As many values as the shape holds, of the weights of the model. */
  readonly valuesFrom: (weights: Weights) => Float32Array | Int32Array;
}

/** What is given to the model or what it gives. */
export interface End {
  readonly name: string;
  readonly tensor: Tensor;
  /** With the batch; -1 where a size is open. */
  readonly shape: readonly number[];
}

/** A whole model, ready to be named and written. */
export interface GraphModel {
  readonly operations: readonly Operation[];
  readonly inputs: readonly End[];
  readonly outputs: readonly End[];
}
