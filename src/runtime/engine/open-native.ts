import { setBackend } from '@tensorflow/tfjs-core';
import { installNativePadding } from '../kernels/native-padding.js';
import { succeed, type Outcome } from '../outcome.js';
import { engineUnavailable, type Engine, type EngineOptions } from './engine.js';

const help = '`npm run native` in a checkout of cnnc builds it; else use `--engine wasm`';

/** Opens TensorFlow's native library, where the optional package is there. */
export async function openNative({ findNativePackage }: EngineOptions): Promise<Outcome<Engine>> {
  const found = findNativePackage?.();
  if (found === undefined) return engineUnavailable('node', 'it runs in Node only', 'use `--engine wasm`');
  if (!found.ok) return found;
  try {
    found.value();
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return engineUnavailable('node', `its native library does not load: ${why}`, help);
  }
  if (!(await setBackend('tensorflow'))) {
    return engineUnavailable('node', "TensorFlow.js did not start TensorFlow's native library", help);
  }
  installNativePadding();
  return succeed({ name: 'node', notes: ["TensorFlow's native library: its threads add in any order"] });
}
