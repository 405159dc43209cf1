import type { Picture, PictureShape } from '../images/picture.js';

/** Images with their classes, all of the size that the model takes. */
export interface Examples extends PictureShape {
  readonly count: number;
  /** `count × height × width × channels` bytes. */
  readonly pixels: Uint8Array;
  /** The class of each image, an index of the data set's classes. */
  readonly labels: Int32Array;
}

/** What a model is trained on and tested with. */
export interface DataSet {
  readonly name: string;
  /** The names of the classes. */
  readonly classes: readonly string[];
  readonly training: Examples;
  readonly test: Examples;
  /** What people should know: how images were fitted, how they were divided. */
  readonly notes: readonly string[];
}

/** One of the images. */
export function pictureAt(examples: Examples, index: number): Picture {
  const { height, width, channels, pixels } = examples;
  const size = height * width * channels;
  return { height, width, channels, pixels: pixels.subarray(index * size, (index + 1) * size) };
}

/** The first images, for a quick run. */
export function firstExamples(examples: Examples, count: number): Examples {
  const { height, width, channels, pixels, labels } = examples;
  const kept = Math.min(count, examples.count);
  return {
    ...examples,
    count: kept,
    pixels: pixels.subarray(0, kept * height * width * channels),
    labels: labels.subarray(0, kept),
  };
}

/** Some of the images, in the order of the indices. */
export function selectExamples(examples: Examples, indices: ArrayLike<number>): Examples {
  const { height, width, channels } = examples;
  const size = height * width * channels;
  const pixels = new Uint8Array(indices.length * size);
  const labels = Int32Array.from(indices, (index, place) => {
    pixels.set(examples.pixels.subarray(index * size, (index + 1) * size), place * size);
    return examples.labels[index] ?? 0;
  });
  return { height, width, channels, count: indices.length, pixels, labels };
}
