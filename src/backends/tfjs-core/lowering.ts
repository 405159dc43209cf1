import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArgsOfKind, OpKind } from '../../compiler/ops/registry.js';
import type { Exact } from '../../compiler/values/exact.js';
import type { Tape } from './tape.js';

/** What a node is computed from. */
export interface Call<K extends OpKind> {
  readonly args: ArgsOfKind<K>;
  /** Each with the batch as its first size. */
  readonly inputs: readonly Tensor[];
  /** Frees the inputs that nothing reads after this layer, before it is done with what it makes of them. */
  readonly release: () => void;
  /** The sizes of the result without the batch. */
  readonly shape: readonly number[];
  /** A weight by the last part of its name, as the layer's definition lists it. */
  weight(name: string): Tensor;
  /** A weight that the layer may go without. */
  optionalWeight(name: string): Tensor | undefined;
  /** A size as a number, those that were left open taken from the inputs. */
  size(value: Exact): number;
  /** Where the operations are noted down, if gradients are wanted. */
  readonly tape: Tape | undefined;
  /** What is peculiar to training; absent at inference. */
  readonly training: Training | undefined;
}

/** What a node needs in training. */
export interface Training {
  /** The number that draws this node's random values in this step. */
  seed(): number;
  /** Whether one of the node's weights stays as it is. */
  isFrozen(weight: string): boolean;
  /** Hands over the new value of a weight that isn't trained. */
  update(weight: string, value: Tensor): void;
}

/** Computes one layer on TensorFlow.js: a new tensor, which belongs to the caller. */
export type Lowering<K extends OpKind> = (call: Call<K>) => Tensor;

/** One lowering for each layer: a forgotten one doesn't compile. */
export type Lowerings = { readonly [K in OpKind]: Lowering<K> };

/** The tensor that a layer with one input reads. */
export function only({ inputs }: { readonly inputs: readonly Tensor[] }): Tensor {
  const [input] = inputs;
  if (input === undefined) throw new Error('a layer without its input');
  return input;
}
