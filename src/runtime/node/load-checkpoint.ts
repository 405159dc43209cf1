import type { Checkpoint } from '../checkpoints/checkpoint.js';
import { decodeCheckpoint } from '../checkpoints/decode-checkpoint.js';
import { encodeCheckpoint } from '../checkpoints/encode-checkpoint.js';
import { decodeSafetensors } from '../weights/decode-safetensors.js';
import { largestWeightFile } from '../weights/largest-file.js';
import { readBytes } from './read-bytes.js';
import { isSealed, noChecksum, seal } from './seal.js';

/** Writes a checkpoint as bytes that hold their own checksum. */
export function checkpointBytes(checkpoint: Checkpoint): Uint8Array {
  const bytes = encodeCheckpoint(checkpoint, noChecksum);
  seal(bytes);
  return bytes;
}

/** A checkpoint that was read whole, or why it isn't one. */
export type LoadedCheckpoint =
  | { readonly kind: 'whole'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'broken'; readonly why: string };

/** Reads a checkpoint; whatever is wrong with the file is a reason to leave it aside. */
export function loadCheckpoint(path: string): LoadedCheckpoint {
  const bytes = readBytes(path, largestWeightFile);
  if (!bytes.ok) return broken(bytes.problems[0]?.message ?? '');
  const read = decodeSafetensors(bytes.value);
  if (!read.ok) return broken(read.problems[0]?.message ?? '');
  if (!isSealed(bytes.value)) return broken('its checksum does not agree with its content');
  const checkpoint = decodeCheckpoint(read.value);
  return checkpoint === undefined
    ? broken('it is no checkpoint of this version')
    : { kind: 'whole', checkpoint };
}

function broken(why: string): LoadedCheckpoint {
  return { kind: 'broken', why };
}
