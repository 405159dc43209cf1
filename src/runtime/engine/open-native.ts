import { setBackend } from '@tensorflow/tfjs-core';
import type { Engine, EngineProblem } from './engine.js';

/** Not a literal: the package is optional, and nothing may ask for it before it is wanted. */
const nativePackage: string = '@tensorflow/tfjs-node';

/** Opens TensorFlow's native library, where the optional package is installed. */
export async function openNative(): Promise<Engine | EngineProblem> {
  try {
    await import(nativePackage);
  } catch {
    return problem(
      `the optional package ${nativePackage} is not installed, or its native library does not load`,
    );
  }
  return (await setBackend('tensorflow'))
    ? { kind: 'engine', name: 'node', notes: [] }
    : problem("TensorFlow.js could not start TensorFlow's native library");
}

function problem(message: string): EngineProblem {
  return {
    kind: 'engine-problem',
    name: 'node',
    message,
    help: `\`npm install ${nativePackage}\` where its download can be reached, or use \`--engine wasm\``,
  };
}
