import { failWith, type Outcome } from '../outcome.js';
import { decodeSafetensors } from '../weights/decode-safetensors.js';
import { formatOf } from '../weights/format-of.js';
import { decodeHdf5 } from '../weights/hdf5/decode-hdf5.js';
import { decodeKeras } from '../weights/keras/decode-keras.js';
import { largestWeightFile } from '../weights/largest-file.js';
import { refuseWeights, type WeightFile } from '../weights/weight-file.js';
import { loadTfjsWeights } from './load-tfjs-weights.js';
import { readBytes } from './read-bytes.js';

/** Reads a file of weights strictly, in the format that its first bytes tell; problems name the file. */
export function loadWeights(path: string): Outcome<WeightFile> {
  const bytes = readBytes(path, largestWeightFile);
  if (!bytes.ok) return bytes;
  const read = decode(path, bytes.value);
  if (read.ok) return read;
  return failWith(
    ...read.problems.map((one) =>
      one.code === 'unreadable' ? one : { ...one, message: `${path}: ${one.message}` },
    ),
  );
}

function decode(path: string, bytes: Uint8Array): Outcome<WeightFile> {
  const format = formatOf(bytes);
  switch (format.kind) {
    case 'safetensors':
      return decodeSafetensors(bytes);
    case 'hdf5':
      return decodeHdf5(bytes);
    case 'keras':
      return decodeKeras(bytes);
    case 'tfjs':
      return loadTfjsWeights(path, bytes);
    case 'foreign':
      return refuseWeights(format.what, format.help);
  }
}
