import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import { forward } from './forward.js';
import type { ExecutionPlan, Feed, Tensors } from './types.js';

/** Computes the outputs of a model for one batch; they belong to the caller, and nothing else is left over. */
export function run(plan: ExecutionPlan, feed: Feed): Tensors {
  const { graph, inference } = plan;
  const outputs = plan.outputs.filter((output) => !output.training);
  const tensors = tidy((): Tensor[] => {
    const values = forward(graph, inference, feed);
    return outputs.flatMap(({ node }) => values.get(node) ?? []);
  });
  return new Map(outputs.flatMap(({ name }, place) => pairOf(name, tensors[place])));
}

function pairOf(name: string, tensor: Tensor | undefined): readonly (readonly [string, Tensor])[] {
  return tensor === undefined ? [] : [[name, tensor]];
}
