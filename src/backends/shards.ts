import type { BuiltFile } from './backend.js';
import { fingerprint } from '../diagnostics/fingerprint.js';

/** How many bytes of weights a file holds: browsers keep files of this size. */
const shardBytes = 4 * 1024 * 1024;

/**
 * Values one behind the other, little-endian whatever the machine, in files of 4 MB. They are named by what they hold: of a
 * model that is written over another, the old files and the new ones never mix.
 */
export function shardsOf(arrays: readonly (Float32Array | Int32Array)[]): readonly BuiltFile[] {
  const bytes = bytesOf(arrays);
  const count = Math.ceil(bytes.length / shardBytes);
  const content = fingerprint(bytes);
  return Array.from({ length: count }, (_, place) => ({
    path: `weights-${content}-${String(place + 1)}of${String(count)}.bin`,
    bytes: bytes.subarray(place * shardBytes, (place + 1) * shardBytes),
  }));
}

function bytesOf(arrays: readonly (Float32Array | Int32Array)[]): Uint8Array {
  const total = arrays.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(total * 4);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const array of arrays) {
    const isWhole = array instanceof Int32Array;
    for (const value of array) {
      if (isWhole) view.setInt32(offset, value, true);
      else view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return bytes;
}
