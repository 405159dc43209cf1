import type { Tensor } from '@tensorflow/tfjs-core';
import type { LossSettings } from '../../compiler/training/settings.js';
import { run } from '../executor/run.js';
import type { ExecutionPlan, Tensors } from '../executor/types.js';
import type { ImageModel } from './image-model.js';
import { shareRule } from './output-form.js';
import { toShares } from './to-shares.js';

/** What reads images: a model that is planned for its one output. */
export interface Reader {
  readonly plan: ExecutionPlan;
  readonly model: ImageModel;
  readonly weights: Tensors;
  /** What the model is trained by: it says what makes shares of logits. */
  readonly loss: LossSettings;
}

/** The shares that a model gives the classes of a batch, image after image; the batch's tensor is freed. */
export function readShares(reader: Reader, images: Tensor): Float64Array {
  const { plan, model, loss } = reader;
  return toShares(readOutput(reader, images), shareRule(plan.graph, model, loss));
}

function readOutput({ plan, model, weights }: Reader, images: Tensor): Float32Array {
  const inputs = new Map([[model.input, images]]);
  const outputs = run(plan, { inputs, weights, handsInputsOver: true });
  try {
    // A copy: on some engines what is read is the tensor's own memory.
    return outputs.get(model.output.name)?.dataSync<'float32'>().slice() ?? new Float32Array();
  } finally {
    for (const output of outputs.values()) output.dispose();
  }
}
