import { getBackend } from '@tensorflow/tfjs-core';
import type { EngineName } from './engine.js';

/** The engine that computes at the moment. */
export function engineInUse(): EngineName {
  const name = getBackend();
  return name === 'wasm' || name === 'cpu' ? name : 'node';
}
