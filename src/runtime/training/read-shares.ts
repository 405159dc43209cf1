import type { Tensor } from '@tensorflow/tfjs-core';
import type { LossSettings } from '../../compiler/training/settings.js';
import { run } from '../executor/run.js';
import type { ExecutionPlan, Tensors } from '../executor/types.js';
import type { ImageModel } from './image-model.js';
import { shareMaker } from './output-form.js';

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
  const values = readOutput(reader, images);
  const maker = shareMaker(plan.graph, model.output, loss);
  if (maker === 'softmax') softmaxInPlace(values, model.values);
  if (maker === 'sigmoid') values.forEach((value, place) => (values[place] = 1 / (1 + Math.exp(-value))));
  return model.values === 1 ? asTwo(values) : values;
}

function readOutput({ plan, model, weights }: Reader, images: Tensor): Float64Array {
  try {
    const outputs = run(plan, { inputs: new Map([[model.input, images]]), weights });
    try {
      // A copy: on some engines what is read is the tensor's own memory.
      return Float64Array.from(outputs.get(model.output.name)?.dataSync<'float32'>() ?? []);
    } finally {
      for (const output of outputs.values()) output.dispose();
    }
  } finally {
    images.dispose();
  }
}

function softmaxInPlace(values: Float64Array, classes: number): void {
  for (let first = 0; first < values.length; first += classes) {
    const row = values.subarray(first, first + classes);
    const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    row.forEach((value, place) => (row[place] = Math.exp(value - largest)));
    const whole = row.reduce((sum, value) => sum + value, 0);
    row.forEach((value, place) => (row[place] = value / whole));
  }
}

/** A single value is the share of the second class. */
function asTwo(values: Float64Array): Float64Array {
  const both = new Float64Array(2 * values.length);
  values.forEach((value, place) => {
    both[2 * place] = 1 - value;
    both[2 * place + 1] = value;
  });
  return both;
}
