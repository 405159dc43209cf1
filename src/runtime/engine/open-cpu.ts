import { scalar, setBackend } from '@tensorflow/tfjs-core';
import { succeed, type Outcome } from '../outcome.js';
import { engineUnavailable, type Engine } from './engine.js';

/** Opens the engine in plain JavaScript. */
export async function openCpu(): Promise<Outcome<Engine>> {
  await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend('cpu'))) {
    return engineUnavailable('cpu', 'TensorFlow.js did not start it', 'install the packages again: `npm ci`');
  }
  // The backend prints its banner when it is first given values.
  scalar(0).dispose();
  return succeed({
    name: 'cpu',
    notes: ['plain JavaScript: a reference, hundreds of times slower than wasm'],
  });
}
