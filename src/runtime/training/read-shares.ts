import type { Tensor } from '@tensorflow/tfjs-core';
import { run } from '../executor/run.js';
import type { ExecutionPlan, Tensors } from '../executor/types.js';
import type { ImageModel } from './image-model.js';

/** The shares that a model gives the classes of a batch, image after image; the batch's tensor is freed. */
export function readShares(
  plan: ExecutionPlan,
  model: ImageModel,
  weights: Tensors,
  images: Tensor,
): Float32Array {
  try {
    const outputs = run(plan, { inputs: new Map([[model.input, images]]), weights });
    try {
      // A copy: on some engines what is read is the tensor's own memory.
      return outputs.get(model.output.name)?.dataSync<'float32'>().slice() ?? new Float32Array();
    } finally {
      for (const output of outputs.values()) output.dispose();
    }
  } finally {
    images.dispose();
  }
}
