import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { pictureAt, type Examples } from '../data/data-set.js';
import { normaliseInto, type Normalisation } from './normalise.js';

/** Changes the bytes of an image at random; the same index of the same epoch is always changed in the same way. */
export type Change = (pixels: Uint8Array, index: number) => Uint8Array;

/** The images of a batch as one tensor `[batch, height, width, channels]`, which belongs to the caller. */
export function imageTensor(
  examples: Examples,
  indices: ArrayLike<number>,
  normalisation: Normalisation,
  change: Change = (pixels) => pixels,
): Tensor {
  const { height, width, channels } = examples;
  const size = height * width * channels;
  const values = new Float32Array(indices.length * size);
  for (let place = 0; place < indices.length; place += 1) {
    const index = indices[place] ?? 0;
    const { pixels } = pictureAt(examples, index);
    normaliseInto(values, place * size, change(pixels, index), normalisation);
  }
  return tensor(values, [indices.length, height, width, channels]);
}

/** The classes of a batch as numbers, `[batch]`. */
export function targetTensor(examples: Examples, indices: ArrayLike<number>): Tensor {
  const labels = Int32Array.from(indices, (index) => examples.labels[index] ?? 0);
  return tensor(labels, [labels.length], 'int32');
}
