import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Examples } from '../data/data-set.js';
import { pictureBytes, type PictureShape } from '../images/picture.js';
import { normaliseInto, type Normalisation } from './normalise.js';

/** Changes the bytes of an image at random; the same index of the same epoch is always changed in the same way. */
export type Change = (pixels: Uint8Array, index: number) => Uint8Array;

/** The bytes of images of one size as one tensor `[batch, height, width, channels]`, which belongs to the caller. */
export function imageTensor(
  shape: PictureShape,
  images: readonly Uint8Array[],
  normalisation: Normalisation,
): Tensor {
  const { height, width, channels } = shape;
  const size = pictureBytes(shape);
  const values = new Float32Array(images.length * size);
  for (const [place, pixels] of images.entries()) normaliseInto(values, place * size, pixels, normalisation);
  return tensor(values, [images.length, height, width, channels]);
}

/** The classes of a batch as numbers, `[batch]`. */
export function targetTensor(examples: Examples, indices: ArrayLike<number>): Tensor {
  const labels = Int32Array.from(indices, (index) => examples.labels[index] ?? 0);
  return tensor(labels, [labels.length], 'int32');
}
