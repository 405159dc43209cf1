import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import type { Fit } from '../../compiler/training/settings.js';
import { heldExamples, selectExamples, type DataSet, type Examples } from '../data/data-set.js';
import { maximumIdxBytes, readIdx, readIdxHeader } from '../data/idx.js';
import { divide } from '../data/split.js';
import { fitNote, fitPicture } from '../images/fit.js';
import { pictureBytes, type PictureShape } from '../images/picture.js';
import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';
import { readBytes, reasonOf } from './read-bytes.js';

/** No file of a data set may be larger. */
const maximumFile = maximumIdxBytes + 20;

/** The images of a data set may not take more in the size that the model takes. */
const maximumBytes = 2 ** 30;

/** A pair of IDX files: images, and their classes. */
interface Pair {
  readonly images: string;
  readonly labels: string;
}

/** How the images of a data set become those that a model takes. */
export interface Target {
  readonly shape: PictureShape;
  readonly fit: Fit | undefined;
}

/** The IDX files of a folder, if there are any for training. */
export function findIdx(
  folder: string,
): { readonly training: Pair; readonly test: Pair | undefined } | undefined {
  const training = findPair(folder, trainingPrefixes);
  return training === undefined ? undefined : { training, test: findPair(folder, testPrefixes) };
}

/** Loads a folder of IDX files as MNIST has them, plain or packed with gzip. */
export function loadIdxFolder(name: string, folder: string, target: Target): Outcome<DataSet> {
  const found = findIdx(folder);
  if (found === undefined)
    return missingIdx(folder) ?? failWith(problem('no-data', `${folder} has no IDX files`));
  const training = loadPair(found.training, target);
  if (!training.ok) return training;
  const test = found.test === undefined ? undefined : loadPair(found.test, target);
  if (test?.ok === false) return test;
  const parts = test === undefined ? halves(training.value.examples) : undefined;
  const trained = parts?.training ?? training.value.examples;
  const tested = parts?.test ?? test?.value.examples ?? training.value.examples;
  const highest = tested.labels.reduce(higher, trained.labels.reduce(higher, 0));
  const notes = [
    ...(training.value.note === undefined ? [] : [training.value.note]),
    ...(test === undefined ? [`${name} has no test files: a fifth of its images is kept for tests`] : []),
  ];
  const classes = Array.from({ length: highest + 1 }, (_, place) => String(place));
  return succeed({ name, classes, training: trained, test: tested, notes });
}

/** The IDX file that a folder lacks though it has the one that belongs with it. */
export function missingIdx(folder: string): Failure | undefined {
  for (const prefix of [...trainingPrefixes, ...testPrefixes]) {
    const [images, labels] = [findFile(folder, imageNames(prefix)), findFile(folder, labelNames(prefix))];
    if ((images === undefined) === (labels === undefined)) continue;
    const [missing] = images === undefined ? imageNames(prefix) : labelNames(prefix);
    return missingFile(folder, images ?? labels ?? folder, missing);
  }
  const test = findPair(folder, testPrefixes);
  if (test === undefined || findPair(folder, trainingPrefixes) !== undefined) return undefined;
  return missingFile(folder, test.images, imageNames(trainingPrefixes[0])[0]);
}

function missingFile(folder: string, present: string, missing: string): Failure {
  const help = 'it may be packed too, with the ending .gz';
  return failWith(problem('no-data', `${present} is there, but ${join(folder, missing)} is not`, help));
}

const trainingPrefixes = ['train'] as const;
const testPrefixes = ['t10k', 'test'] as const;

function imageNames(prefix: string) {
  return [`${prefix}-images-idx3-ubyte`, `${prefix}-images.idx3-ubyte`] as const;
}

function labelNames(prefix: string) {
  return [`${prefix}-labels-idx1-ubyte`, `${prefix}-labels.idx1-ubyte`] as const;
}

function halves(examples: Examples): Pick<DataSet, 'training' | 'test'> {
  const { training, test } = divide(examples.labels);
  return { training: selectExamples(examples, training), test: selectExamples(examples, test) };
}

function findPair(folder: string, prefixes: readonly string[]): Pair | undefined {
  for (const prefix of prefixes) {
    const images = findFile(folder, imageNames(prefix));
    const labels = findFile(folder, labelNames(prefix));
    if (images !== undefined && labels !== undefined) return { images, labels };
  }
  return undefined;
}

function findFile(folder: string, names: readonly string[]): string | undefined {
  return names
    .flatMap((name) => [name, `${name}.gz`])
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
}

function loadPair(
  pair: Pair,
  { shape, fit }: Target,
): Outcome<{ readonly examples: Examples; readonly note: string | undefined }> {
  const images = loadFile(pair.images);
  if (!images.ok) return images;
  const labels = loadFile(pair.labels);
  if (!labels.ok) return labels;
  const [count = 0, height = 0, width = 0, channels = 1] = images.value.sizes;
  const rank = images.value.sizes.length;
  if ((rank !== 3 && rank !== 4) || (channels !== 1 && channels !== 3)) {
    return refuse(`${pair.images} is ${images.value.sizes.join('×')}, not images of 1 or 3 channels`);
  }
  if (labels.value.sizes.length !== 1 || labels.value.sizes[0] !== count) {
    return refuse(
      `${pair.images} has ${String(count)} images, but ${pair.labels} is ${labels.value.sizes.join('×')}`,
    );
  }
  const size = pictureBytes(shape);
  if (count * size > maximumBytes) {
    const got = `limit ${String(maximumBytes)} bytes, got ${String(count * size)}`;
    return failWith(problem('data-too-large', `${String(count)} images of the model’s size: ${got}`));
  }
  const from = { height, width, channels } as const;
  const pixels = fitAll(images.value.values, from, { shape, fit });
  const examples = heldExamples(shape, pixels, Int32Array.from(labels.value.values));
  return succeed({ examples, note: fitNote({ height, width }, shape, fit) });
}

/** The pixels of all images in the size that the model takes; those that have it already are not copied. */
function fitAll(values: Uint8Array, from: PictureShape, { shape, fit }: Target): Uint8Array {
  if (from.height === shape.height && from.width === shape.width && from.channels === shape.channels)
    return values;
  const size = pictureBytes(from);
  const fitted = pictureBytes(shape);
  const count = values.length / size;
  const pixels = new Uint8Array(count * fitted);
  for (let index = 0; index < count; index += 1) {
    const own = values.subarray(index * size, (index + 1) * size);
    pixels.set(fitPicture({ ...from, pixels: own }, shape, fit).pixels, index * fitted);
  }
  return pixels;
}

function loadFile(path: string) {
  const bytes = readBytes(path, maximumFile);
  if (!bytes.ok) return bytes;
  if (!path.endsWith('.gz')) return readIdx(path, bytes.value);
  const unpacked = unpack(path, bytes.value);
  return unpacked.ok ? readIdx(path, unpacked.value) : unpacked;
}

/** Unpacks no more than the header at the beginning says, into one piece of that size. */
function unpack(path: string, bytes: Uint8Array): Outcome<Uint8Array> {
  try {
    if (bytes.length <= beginningBytes) return succeed(gunzipSync(bytes));
    const beginning = gunzipSync(bytes.subarray(0, beginningBytes), { finishFlush: constants.Z_SYNC_FLUSH });
    const header = readIdxHeader(path, beginning);
    if (!header.ok) return header;
    const { length } = header.value;
    if (length > bytes.length * mostUnpacked) {
      return refuse(
        `${path} should unpack to ${String(length)} bytes, which its ${String(bytes.length)} can't hold`,
      );
    }
    return succeed(gunzipSync(bytes, { chunkSize: length + 64, maxOutputLength: length }));
  } catch (error) {
    return refuse(
      error instanceof RangeError
        ? `${path} unpacks to more bytes than its header says`
        : `${path} can't be unpacked: ${reasonOf(error)}`,
    );
  }
}

/** Packed bytes that hold a header for certain, and unpack to a megabyte at the most. */
const beginningBytes = 1024;

/** Bytes that a packed one can stand for at the most: a copy of 258 takes two bits. */
const mostUnpacked = 1032;

function higher(most: number, label: number): number {
  return Math.max(most, label);
}

function refuse(message: string): Failure {
  return failWith(problem('broken-data', message));
}
