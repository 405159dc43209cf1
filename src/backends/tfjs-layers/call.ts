import type { NodeOf } from '../../compiler/ir/graph.js';
import type { OpKind } from '../../compiler/ops/registry.js';
import type { Shape } from '../../compiler/ops/op.js';
import { isOpen, toNumber, type Exact } from '../../compiler/values/exact.js';
import type { Lowerings, Unsupported } from '../backend.js';
import type { Config, ConfigValue, LayerWeight, Tensor } from './layer.js';

/** One layer that a lowering asks for. */
export interface NewLayer {
  readonly className: string;
  /** What stands behind the node's path in the layer's name; absent for the layer that is named as the node is. */
  readonly part?: string;
  readonly config?: Config;
  readonly weights?: readonly LayerWeight[];
  /** What it gives, without the batch. */
  readonly shape: Shape;
}

/** What a lowering works with: the tensors that arrive at a node, and the model in the making. */
export interface Call {
  readonly inputs: readonly Tensor[];
  /** True where no value that arrives can be below zero. */
  readonly isNonNegative: boolean;
  add(layer: NewLayer, ...inputs: readonly Tensor[]): Tensor;
  /** A weight of the node by the last part of its name, if it has one: as tfjs-layers calls it, in the shape it wants. */
  weight(name: string, as?: string, shape?: readonly number[]): LayerWeight | undefined;
  /** The input that has an open size, and which of its dimensions it is, the batch not counted. */
  sourceOf(name: string): { readonly input: Tensor; readonly place: number };
  /** Makes an activation the layer's own that gives the tensor, if that layer has such an argument and none but the activation reads it. */
  activate(x: Tensor, activation: string): boolean;
  /** Tells why the model runs, but isn't trained further rightly. */
  warnOfGradient(why: string): void;
  /** Tells what the layer becomes; follows `it becomes `. */
  note(as: string): void;
}

/** The whole table. */
export type LayerLowerings = Lowerings<Call, Tensor>;

/** The lowering of one layer. */
export type Lowering<K extends OpKind> = (node: NodeOf<K>, call: Call) => Tensor | Unsupported;

/** The tensor that arrives at a layer with one input. */
export function only({ inputs }: Call): Tensor {
  const [input] = inputs;
  if (input === undefined) throw new Error('a layer without its input');
  return input;
}

/** A size as it is written, absent where it is open. */
export function written(size: Exact): number | undefined {
  return isOpen(size) ? undefined : toNumber(size);
}

/** How many sizes are open: one can be left to follow from the others, two can't. */
export function openCount(shape: Shape): number {
  return shape.filter((size) => isOpen(size)).length;
}

/** Weights that never change: zeros and ones that move values, constants of the source. */
export function constantWeight(
  name: string,
  shape: readonly number[],
  values: readonly number[],
): LayerWeight {
  return { name, shape, valuesFrom: () => Float32Array.from(values) };
}

/** The weights that are there. */
export function present(...weights: readonly (LayerWeight | undefined)[]): readonly LayerWeight[] {
  return weights.filter((weight) => weight !== undefined);
}

/** The same values in the same order with other sizes, of which one may be open. */
export function reshape(call: Call, part: string | undefined, x: Tensor, shape: Shape): Tensor {
  const sizes: readonly ConfigValue[] = shape.map((size) => written(size) ?? -1);
  return call.add(named('Reshape', part, { target_shape: sizes }, shape), x);
}

/** The dimensions in another order, each counted from 0. */
export function permute(call: Call, part: string | undefined, x: Tensor, order: readonly number[]): Tensor {
  const shape = order.flatMap((place) => x.shape.slice(place, place + 1));
  return call.add(named('Permute', part, { dims: order.map((place) => place + 1) }, shape), x);
}

/** A layer without weights. */
export function named(className: string, part: string | undefined, config: Config, shape: Shape): NewLayer {
  return { className, config, shape, ...(part === undefined ? {} : { part }) };
}
