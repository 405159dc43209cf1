import { pictureBytes, type Picture, type PictureShape } from '../images/picture.js';
import { succeed, type Failure, type Outcome } from '../outcome.js';

/** Images with their classes, all of the size that the model takes; held in memory, or read as they are needed. */
export interface Examples extends PictureShape {
  readonly count: number;
  /** The class of each image, an index of the data set's classes. */
  readonly labels: Int32Array;
  /** The `height × width × channels` bytes of one image, which may not be changed, or why its file can't be read any more. */
  readonly pixelsOf: (index: number) => Outcome<Uint8Array>;
  /** Bytes that another image would not have: its own where it is held, else the digest of its file. */
  readonly identityOf: (index: number) => Uint8Array;
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

/** Images that are held in memory: `count × height × width × channels` bytes, and the class of each. */
export function heldExamples(shape: PictureShape, pixels: Uint8Array, labels: Int32Array): Examples {
  const { height, width, channels } = shape;
  const size = pictureBytes(shape);
  const identityOf = (index: number): Uint8Array => pixels.subarray(index * size, (index + 1) * size);
  const pixelsOf = (index: number): Outcome<Uint8Array> => succeed(identityOf(index));
  return { height, width, channels, count: labels.length, labels, pixelsOf, identityOf };
}

/** One of the images. */
export function pictureAt(examples: Examples, index: number): Outcome<Picture> {
  const { height, width, channels } = examples;
  const pixels = examples.pixelsOf(index);
  return pixels.ok ? succeed({ height, width, channels, pixels: pixels.value }) : pixels;
}

/** The bytes of some images, in the order of the indices; at the first that can't be read, why. */
export function pixelsAt(examples: Examples, indices: ArrayLike<number>): Outcome<readonly Uint8Array[]> {
  let failure: Failure | undefined;
  const images = Array.from(indices).flatMap((index) => {
    const pixels = failure ?? examples.pixelsOf(index);
    if (pixels.ok) return [pixels.value];
    failure = pixels;
    return [];
  });
  return failure ?? succeed(images);
}

/** The first images, for a quick run. */
export function firstExamples(examples: Examples, count: number): Examples {
  const kept = Math.min(count, examples.count);
  return { ...examples, count: kept, labels: examples.labels.subarray(0, kept) };
}

/** Some of the images, in the order of the indices; nothing is copied. */
export function selectExamples(examples: Examples, indices: ArrayLike<number>): Examples {
  const places = Uint32Array.from(indices);
  const placeOf = (index: number): number => places[index] ?? 0;
  return {
    ...examples,
    count: places.length,
    labels: Int32Array.from(places, (place) => examples.labels[place] ?? 0),
    pixelsOf: (index) => examples.pixelsOf(placeOf(index)),
    identityOf: (index) => examples.identityOf(placeOf(index)),
  };
}
