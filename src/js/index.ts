import type { Guess } from '../runtime/training/likeliest.js';
import type { PredictOptions } from './classify.js';
import { readModelFile, readWeights } from './model-json.js';
import { modelOf, type Model } from './model.js';
import type { Image } from './pixels.js';
import { openNetwork, startEngine } from './tensorflow.js';

/** How a model is loaded. */
export interface LoadOptions {
  /** The folder of `model.json`, with a slash at its end; by default that of this module. */
  readonly from?: string | URL;
  readonly engine?: 'auto' | 'wasm' | 'cpu';
}

/** Loads the model; each call loads it anew. */
export async function load({ from, engine = 'auto' }: LoadOptions = {}): Promise<Model> {
  const own = new URL('.', import.meta.url);
  const folder = from === undefined ? own : new URL(from, own);
  const { json, facts, signature, shards } = await readModelFile(folder);
  const [weights, started] = await Promise.all([readWeights(folder, shards), startEngine(engine, own)]);
  return modelOf({ network: await openNetwork(json, weights), engine: started, facts, signature });
}

/** The classes of an image, the likeliest first; the model is loaded once. */
export async function predict(image: Image, options?: PredictOptions): Promise<readonly Guess[]> {
  loaded ??= load();
  // What could not be loaded is tried again.
  loaded.catch(() => {
    loaded = undefined;
  });
  return (await loaded).predict(image, options);
}

let loaded: Promise<Model> | undefined;
