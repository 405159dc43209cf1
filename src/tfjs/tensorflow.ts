import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';

/** What our layers use of TensorFlow.js: `@tensorflow/tfjs` has it, as have tfjs-core and tfjs-layers in one object. */
export type TensorFlow = Pick<typeof core, CoreName> &
  Pick<typeof layers, 'initializers' | 'layers' | 'regularizers'>;

type CoreName =
  | 'add'
  | 'avgPool'
  | 'batchToSpaceND'
  | 'depthwiseConv2d'
  | 'image'
  | 'localResponseNormalization'
  | 'matMul'
  | 'maxPool'
  | 'moments'
  | 'mul'
  | 'pad'
  | 'reshape'
  | 'rsqrt'
  | 'serialization'
  | 'slice'
  | 'spaceToBatchND'
  | 'sub'
  | 'tensor'
  | 'tensor2d'
  | 'tidy'
  | 'transpose';

/** The arguments that every layer has. */
export interface LayerArgs {
  readonly name?: string;
  readonly trainable?: boolean;
}

/** What a layer is handed: our layers read one tensor, and of others behind it no more than their sizes. */
export type Inputs = core.Tensor | core.Tensor[];

/** Sizes with the batch first; what is not known is null. */
export type Sizes = layers.Shape;

/** The tensor that a layer reads. */
export function only(inputs: Inputs): core.Tensor {
  const [input] = Array.isArray(inputs) ? inputs : [inputs];
  if (input === undefined) throw new Error('a layer without its input');
  return input;
}

/** The images that a layer with one input reads. */
export function images(inputs: Inputs): core.Tensor4D {
  return ofRank4(only(inputs));
}

/** A tensor of rank 4, as which layers of images were built. */
export function ofRank4(x: core.Tensor): core.Tensor4D {
  if (isOfRank4(x)) return x;
  throw new Error(`a tensor of rank 4 is expected, not one of [${x.shape.join(', ')}]`);
}

/** The sizes that arrive at a layer with one input; null for those that are not known, which may arrive as less than 1. */
export function onlySizes(sizes: Sizes | Sizes[]): Sizes {
  return sizes.flat().map((size) => (size === null || size < 1 ? null : size));
}

/** The sizes that arrive at a layer, a row for each of its inputs; null for those that are not known. */
export function allSizes(sizes: Sizes | Sizes[]): readonly Sizes[] {
  const rows = sizes.filter((row) => Array.isArray(row));
  return (rows.length === 0 ? [sizes.flat()] : rows).map((row) => onlySizes(row));
}

/** Sizes as tfjs-layers takes them; absent ones are not known. */
export function sizesOf(sizes: readonly (number | undefined)[]): Sizes {
  return sizes.map((size) => size ?? null);
}

/** The shapes of what a layer is handed. */
export function shapesOf(inputs: Inputs): readonly Sizes[] {
  return [inputs].flat().map(({ shape }) => shape);
}

function isOfRank4(x: core.Tensor): x is core.Tensor4D {
  return x.rank === 4;
}
