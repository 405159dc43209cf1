import type { DataSet, Examples } from '../data/data-set.js';
import { digest } from './seal.js';

/**
 * A digest of all images of a data set and their classes: as the model sees them before they are scaled where they are
 * held in memory, else as their files are.
 */
export function fingerprintOf(data: DataSet): string {
  return digest(partsOf(data));
}

function* partsOf({ classes, training, test }: DataSet): Iterable<Uint8Array | string> {
  yield JSON.stringify(classes);
  yield* partsOfExamples(training);
  yield* partsOfExamples(test);
}

function* partsOfExamples(examples: Examples): Iterable<Uint8Array | string> {
  const { height, width, channels, count, labels, identityOf } = examples;
  yield JSON.stringify([height, width, channels, count]);
  for (let index = 0; index < count; index += 1) yield identityOf(index);
  yield new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength);
}
