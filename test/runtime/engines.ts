import { memory, setBackend } from '@tensorflow/tfjs-core';
import type { Engine, EngineName } from '../../src/runtime/engine/engine.js';
import { openEngineInNode } from '../../src/runtime/node/open-engine.js';

/**
 * The engines that tests run on which are for every engine: those that are always there, or TensorFlow's native library
 * alone where `npm run test:native` asks for it.
 */
export const enginesUnderTest: readonly EngineName[] =
  process.env['CNNC_TEST_ENGINE'] === 'node' ? ['node'] : ['cpu', 'wasm'];

/** The engine of the tests that run on one. */
export const usualEngine: EngineName = enginesUnderTest.at(-1) ?? 'wasm';

/** Opens an engine that must be there. */
export async function open(name: EngineName): Promise<Engine> {
  const engine = await openEngineInNode(name);
  if (!engine.ok) throw new Error(engine.problems.map(({ message }) => message).join('\n'));
  return engine.value;
}

/** What one engine gives for something that gives numbers; nothing may be left over. */
export async function on<T>(name: EngineName, compute: () => T): Promise<T> {
  await setBackend(name === 'node' ? 'tensorflow' : name);
  const before = memory().numTensors;
  const result = compute();
  const after = memory().numTensors;
  if (after !== before) throw new Error(`${String(after - before)} tensors are left over on ${name}`);
  return result;
}
