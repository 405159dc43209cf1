import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import { env, io, setBackend, tensor, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { member } from '../backends/js/signature.js';
import { fetchAnywhere } from './read.js';

/** Values in row-major order. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A network whose weights are loaded. */
export interface Network {
  run(inputs: ReadonlyMap<string, Values>, outputs: readonly string[]): Promise<ReadonlyMap<string, Values>>;
  dispose(): void;
}

/** Starts what computes, whose files lie beside this module. */
export async function startEngine(choice: 'auto' | 'wasm' | 'cpu', folder: URL): Promise<'wasm' | 'cpu'> {
  // Where it takes itself for no browser TensorFlow.js has no way to read; `process` is hidden from it, so that in Node, too,
  // it takes no handler of errors and no module of Node's for its own.
  if (!('platform' in env()) || !hasPlatform()) env().setPlatform('plain', plainPlatform);
  if (choice !== 'cpu') {
    // Threads want headers of the server's that few send.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (!hasStarted) setWasmPaths(folder.href, true);
    hasStarted = true;
    if (await setBackend('wasm').catch(() => false)) return 'wasm';
    if (choice === 'wasm') throw new Error('WebAssembly can’t be started here');
  }
  if (await setBackend('cpu')) return 'cpu';
  throw new Error('nothing that computes can be started here');
}

let hasStarted = false;

/** Makes a network of the parsed `model.json` and the bytes of its weights. */
export async function openNetwork(modelJson: io.ModelJSON, weights: ArrayBuffer): Promise<Network> {
  const artifacts = await io.getModelArtifactsForJSON(modelJson, (manifest) =>
    Promise.resolve([manifest.flatMap((group) => group.weights), weights]),
  );
  const model = await loadGraphModel(io.fromMemory(artifacts));
  return {
    run: (inputs, outputs) => run(model, inputs, outputs),
    dispose() {
      model.dispose();
    },
  };
}

async function run(
  model: GraphModel,
  inputs: ReadonlyMap<string, Values>,
  outputs: readonly string[],
): Promise<ReadonlyMap<string, Values>> {
  const given: NamedTensorMap = Object.fromEntries(
    [...inputs].map(([name, { shape, data }]) => [name, tensor(data, [...shape], 'float32')]),
  );
  try {
    const results = model.execute(given, [...outputs]);
    const tensors = Array.isArray(results) ? results : [results];
    try {
      const values = await Promise.all(
        tensors.map(async (each) => ({
          shape: each.shape,
          // A copy: on some engines what is read is the tensor's own memory.
          data: Float32Array.from(await each.data()),
        })),
      );
      return new Map(
        outputs.flatMap((name, place) => {
          const found = values[place];
          return found === undefined ? [] : [[name, found] as const];
        }),
      );
    } finally {
      for (const each of tensors) each.dispose();
    }
  } finally {
    for (const each of Object.values(given)) each.dispose();
  }
}

/** TensorFlow.js sets it where it finds itself in a page or a worker; its types say that it always does. */
function hasPlatform(): boolean {
  return typeof member(env(), 'platform') === 'object';
}

const plainPlatform = {
  fetch: (path: string, init?: RequestInit) => fetchAnywhere(new URL(path), init),
  now: () => performance.now(),
  encode: (text: string) => new TextEncoder().encode(text),
  decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
  isTypedArray: (value: unknown): value is Float32Array | Int32Array | Uint8Array | Uint8ClampedArray =>
    ArrayBuffer.isView(value) && !(value instanceof DataView),
};
