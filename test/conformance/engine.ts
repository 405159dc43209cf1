import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend, tensor as upload, type Tensor as Uploaded } from '@tensorflow/tfjs-core';
import { installKernels } from '../../src/runtime/kernels/kernels.js';
import type { Tensors } from '../interpreter/interpret.js';
import { tensor, type Tensor } from '../interpreter/tensor.js';

/** The engines that are compared with the interpreter. */
export const engines = ['cpu', 'wasm'] as const;

/** Makes TensorFlow.js compute on an engine, with our kernels as every run has them. */
export async function startEngine(name: (typeof engines)[number]): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`the ${name} backend didn't start`);
  await ready();
  installKernels();
}

/** The tensors in float32 on the engine; the caller disposes them. */
export function uploadAll(tensors: Tensors): ReadonlyMap<string, Uploaded> {
  return new Map([...tensors].map(([name, { shape, values }]) => [name, uploadOne(shape, values)]));
}

/** The values of a tensor on the engine, which ends with that. */
export function download(uploaded: Uploaded): Tensor {
  const values = Float64Array.from(uploaded.dataSync<'float32'>());
  uploaded.dispose();
  return tensor(uploaded.shape, values);
}

function uploadOne(shape: readonly number[], values: Float64Array): Uploaded {
  return upload(Float32Array.from(values), [...shape], 'float32');
}
