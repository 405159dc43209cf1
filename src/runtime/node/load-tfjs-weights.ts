import { dirname, join } from 'node:path';
import { succeed, type Outcome } from '../outcome.js';
import { decodeTfjsGroup } from '../weights/tfjs/decode-group.js';
import { readTfjsManifest, type TfjsGroup } from '../weights/tfjs/manifest.js';
import type { Stored, WeightFile } from '../weights/weight-file.js';
import type { WeightArray } from '../weights/weights.js';
import { readBytes } from './read-bytes.js';

/** Reads the files that a manifest names, all of them in its own folder; group by group, so that bytes don't pile up. */
export function loadTfjsWeights(path: string, bytes: Uint8Array): Outcome<WeightFile> {
  const manifest = readTfjsManifest(bytes);
  if (!manifest.ok) return manifest;
  const { format, groups, metadata } = manifest.value;
  const weights = new Map<string, WeightArray>();
  const stored = new Map<string, Stored>();
  const notes: string[] = [];
  for (const group of groups) {
    const joined = readShards(dirname(path), group);
    if (!joined.ok) return joined;
    const decoded = decodeTfjsGroup(group, joined.value);
    if (!decoded.ok) return decoded;
    for (const [name, array] of decoded.value.weights) weights.set(name, array);
    for (const [name, one] of decoded.value.stored) stored.set(name, one);
    notes.push(...decoded.value.notes);
  }
  return succeed({ format, weights, stored, metadata, notes });
}

/** The bytes of a group's files, one behind the other; a file larger than all of its arrays is not read. */
function readShards(folder: string, { paths, bytes: total }: TfjsGroup): Outcome<Uint8Array> {
  const shards: Uint8Array[] = [];
  for (const path of paths) {
    const shard = readBytes(join(folder, path), total);
    if (!shard.ok) return shard;
    shards.push(shard.value);
  }
  const [only, ...others] = shards;
  if (only !== undefined && others.length === 0) return succeed(only);
  const joined = new Uint8Array(shards.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const shard of shards) {
    joined.set(shard, offset);
    offset += shard.length;
  }
  return succeed(joined);
}
