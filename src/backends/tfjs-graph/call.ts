import type { NodeOf } from '../../compiler/ir/graph.js';
import type { OpKind } from '../../compiler/ops/registry.js';
import type { Shape } from '../../compiler/ops/op.js';
import { isOpen, toNumber, type Exact } from '../../compiler/values/exact.js';
import type { Lowerings, Unsupported } from '../backend.js';
import type { Attributes } from './attributes.js';
import type { Tensor } from './operation.js';

/** A tensor that arrives at a node, with its shape without the batch. */
export interface Arriving extends Tensor {
  readonly shape: Shape;
}

/** Reads the values of one of the node's weights. */
export type ReadWeight = (name: string) => Float32Array;

/** Values that are computed from a node's weights once, when the model is built. */
export interface Derived {
  /** The last part of its name. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: (read: ReadWeight) => Float32Array;
}

/** What a lowering works with: the tensors that arrive at a node, and the model in the making. */
export interface Call {
  readonly inputs: readonly Arriving[];
  /** Adds an operation and gives its first result; its type of values is float32 if its attributes say nothing else. */
  add(op: string, inputs: readonly Tensor[], attributes?: Attributes): Tensor;
  /** A constant of float32, one number for all where no shape is given. */
  floats(values: readonly number[], shape?: readonly number[]): Tensor;
  /** A constant of whole numbers, one row of them where no shape is given. */
  integers(values: readonly number[], shape?: readonly number[]): Tensor;
  /** The shape of a weight that the node has; absent where it has no such weight. */
  shapeOf(name: string): readonly number[] | undefined;
  /** A weight by the last part of its name, seen with another shape where one is given. */
  weight(name: string, shape?: readonly number[]): Tensor;
  /** A constant that follows from the weights; nodes that share their weights share it too. */
  derived(constant: Derived): Tensor;
  /** Images of this height and width that are there already, for sizes that are open. */
  imagesOf(height: Exact, width: Exact): Tensor | undefined;
  /** The input that has an open size, and which of its dimensions it is, the batch not counted. */
  sourceOf(name: string): { readonly input: Tensor; readonly place: number };
  /** Tells what the layer becomes; follows `it becomes `. */
  note(as: string): void;
}

/** The whole table. */
export type GraphLowerings = Lowerings<Call, Tensor>;

/** The lowering of one layer. */
export type Lowering<K extends OpKind> = (node: NodeOf<K>, call: Call) => Tensor | Unsupported;

/** The tensor that arrives at a layer with one input. */
export function only({ inputs }: Call): Arriving {
  const [input] = inputs;
  if (input === undefined) throw new Error('a layer without its input');
  return input;
}

/** A size as it is written: -1 where it is open. */
export function written(size: Exact): number {
  return isOpen(size) ? -1 : toNumber(size);
}

/** A weight that the layer may go without. */
export function optionalWeight(call: Call, name: string): Tensor | undefined {
  return call.shapeOf(name) === undefined ? undefined : call.weight(name);
}

/** Adds an operation upon one number, the same for all values. */
export function withNumber(call: Call, op: string, x: Tensor, value: number): Tensor {
  return call.add(op, [x, call.floats([value], [])]);
}
