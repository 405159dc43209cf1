import { setBackend } from '@tensorflow/tfjs-core';
import { installKernels, ownKernels } from '../kernels/kernels.js';
import type { Engine, EngineOptions, EngineProblem } from './engine.js';

/** Opens the WebAssembly engine, with cnnc's kernels in the place of those that it lacks. */
export async function openWasm({ wasmFolder }: EngineOptions): Promise<Engine | EngineProblem> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  try {
    if (wasmFolder !== undefined) setWasmPaths(wasmFolder);
    if (!(await setBackend('wasm'))) return problem('TensorFlow.js could not start its WebAssembly backend');
  } catch (error) {
    return problem(error instanceof Error ? error.message : String(error));
  }
  installKernels();
  return { kind: 'engine', name: 'wasm', notes: [kernelNote()] };
}

function kernelNote(): string {
  const names = ownKernels.map(({ config, because }) => `${config.kernelName} (${because} in TensorFlow.js)`);
  return `kernels of cnnc: ${names.join(', ')}`;
}

function problem(message: string): EngineProblem {
  return {
    kind: 'engine-problem',
    name: 'wasm',
    message,
    help: 'install the packages again, `npm ci`, or use the slow engine: `--engine cpu`',
  };
}
