import type { DataSet, Examples } from '../data/data-set.js';
import { digest } from './seal.js';

/** A digest of all images of a data set and their classes, as the model sees them before they are scaled. */
export function fingerprintOf({ classes, training, test }: DataSet): string {
  return digest(JSON.stringify(classes), ...partsOf(training), ...partsOf(test));
}

function partsOf({
  height,
  width,
  channels,
  count,
  pixels,
  labels,
}: Examples): readonly (Uint8Array | string)[] {
  const labelBytes = new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength);
  return [JSON.stringify([height, width, channels, count]), pixels, labelBytes];
}
