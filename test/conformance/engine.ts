import { tensor as upload, type Tensor as Uploaded } from '@tensorflow/tfjs-core';
import type { EngineName } from '../../src/runtime/engine/engine.js';
import type { Tensors } from '../interpreter/interpret.js';
import { tensor, type Tensor } from '../interpreter/tensor.js';
import { enginesUnderTest, open } from '../runtime/engines.js';

/** The engines that are compared with the interpreter. */
export const engines = enginesUnderTest;

/** Makes TensorFlow.js compute on an engine, with our kernels as every run has them. */
export async function startEngine(name: EngineName): Promise<void> {
  await open(name);
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
