import { scalar, setBackend } from '@tensorflow/tfjs-core';
import type { Engine, EngineProblem } from './engine.js';

/** Opens the engine in plain JavaScript. */
export async function openCpu(): Promise<Engine | EngineProblem> {
  await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend('cpu'))) {
    return {
      kind: 'engine-problem',
      name: 'cpu',
      message: 'TensorFlow.js could not start its plain JavaScript backend',
      help: 'install the packages again: `npm ci`',
    };
  }
  // The backend prints its banner when it is first given values.
  scalar(0).dispose();
  return {
    kind: 'engine',
    name: 'cpu',
    notes: ['plain JavaScript: a reference, hundreds of times slower than wasm'],
  };
}
