import { setBackend } from '@tensorflow/tfjs-core';
import { succeed, type Outcome } from '../outcome.js';
import { engineUnavailable, type Engine } from './engine.js';

/** Not a literal: the package is optional, and nothing may ask for it before it is wanted. */
const nativePackage = '@tensorflow/tfjs-node';

const help = `\`npm install ${nativePackage}\` where its download can be reached, or use \`--engine wasm\``;

/** Opens TensorFlow's native library, where the optional package is installed. */
export async function openNative(): Promise<Outcome<Engine>> {
  try {
    await import(nativePackage);
  } catch {
    const why = `the optional package ${nativePackage} is not installed, or its native library does not load`;
    return engineUnavailable('node', why, help);
  }
  return (await setBackend('tensorflow'))
    ? succeed({ name: 'node', notes: [] })
    : engineUnavailable('node', "TensorFlow.js did not start TensorFlow's native library", help);
}
