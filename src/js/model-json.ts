import type { io } from '@tensorflow/tfjs-core';
import type { Facts } from '../backends/js/facts.js';
import { member, readSignature, type Signature } from '../backends/js/signature.js';
import { readBytes } from './read.js';

/** A model's own file, looked over. */
export interface ModelFile {
  readonly json: io.ModelJSON;
  readonly facts: Facts;
  readonly signature: Signature;
  /** The names of the files of weights. */
  readonly shards: readonly string[];
}

/** Reads `model.json`; one that another version wrote is refused. */
export async function readModelFile(folder: URL): Promise<ModelFile> {
  const url = new URL('model.json', folder);
  const json: unknown = JSON.parse(new TextDecoder().decode(await readBytes(url)));
  const facts = member(member(json, 'userDefinedMetadata'), 'cnnc');
  if (!isModelJson(json) || !isFacts(facts))
    throw new Error(
      `${url.href} is of another version than the module that loads it: build the folder again`,
    );
  const shards = json.weightsManifest.flatMap(({ paths }) => paths);
  return { json, facts, signature: readSignature(json), shards };
}

/** All weights one behind the other. */
export async function readWeights(folder: URL, shards: readonly string[]): Promise<ArrayBuffer> {
  const parts = await Promise.all(shards.map((path) => readBytes(new URL(path, folder))));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part), offset);
    offset += part.byteLength;
  }
  return bytes.buffer;
}

function isModelJson(value: unknown): value is io.ModelJSON {
  return (
    typeof value === 'object' && value !== null && 'modelTopology' in value && 'weightsManifest' in value
  );
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && 'formatVersion' in value && value.formatVersion === 1;
}
