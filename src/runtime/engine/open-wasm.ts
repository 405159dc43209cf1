import { backend, engine, env, setBackend } from '@tensorflow/tfjs-core';
import { installKernels, ownKernels } from '../kernels/kernels.js';
import { hasSimd } from '../kernels/simd-of.js';
import { succeed, type Failure, type Outcome } from '../outcome.js';
import { engineUnavailable, type Engine, type EngineOptions } from './engine.js';

/** Opens the WebAssembly engine, with cnnc's kernels in the place of those that it lacks. */
export async function openWasm({ findWasmFolder }: EngineOptions): Promise<Outcome<Engine>> {
  const folder = findWasmFolder?.();
  if (folder?.ok === false) return folder;
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  try {
    // Where its files lie can't be said any more once it runs, nor need it be.
    if (folder !== undefined && !('wasm' in engine().registry)) setWasmPaths(folder.value);
    // Our functions work on the memory of a module with one thread; in Node there is no other.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (!(await setBackend('wasm'))) return wasmUnavailable('TensorFlow.js did not start it');
  } catch (error) {
    return wasmUnavailable(error instanceof Error ? error.message : String(error));
  }
  if (!hasSimd(backend())) return wasmUnavailable('it lacks instructions for four values at once');
  installKernels();
  return succeed({ name: 'wasm', notes: [kernelNote()] });
}

/** Says that the WebAssembly engine can't be opened. */
export function wasmUnavailable(why: string): Failure {
  const help = 'install the packages again, `npm ci`, or use the slow engine: `--engine cpu`';
  return engineUnavailable('wasm', why, help);
}

function kernelNote(): string {
  const names = ownKernels.map(({ config, because }) => `${config.kernelName} (${because} in TensorFlow.js)`);
  return `kernels of cnnc: ${names.join(', ')}`;
}
