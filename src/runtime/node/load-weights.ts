import { failWith, type Outcome } from '../outcome.js';
import { decodeSafetensors, type WeightFile } from '../weights/decode-safetensors.js';
import { readBytes } from './read-bytes.js';

/** No file of weights may be larger: an array of bytes holds no more everywhere. */
const maximumBytes = 2 ** 31 - 1;

/** Reads a safetensors file strictly; problems name the file. */
export function loadWeights(path: string): Outcome<WeightFile> {
  const bytes = readBytes(path, maximumBytes);
  if (!bytes.ok) return bytes;
  const read = decodeSafetensors(bytes.value);
  if (read.ok) return read;
  return failWith(...read.problems.map((one) => ({ ...one, message: `${path}: ${one.message}` })));
}
