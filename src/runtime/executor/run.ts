import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import { nodeAt } from '../../compiler/ir/graph.js';
import { forward } from './forward.js';
import type { ExecutionPlan, Feed, Tensors } from './types.js';

/**
 * Computes the outputs of a model for one batch; they belong to the caller, and nothing else is left over. What it holds
 * at its peak is what `executionPeak` says, to the byte.
 */
export function run(plan: ExecutionPlan, feed: Feed): Tensors {
  const { graph, inference } = plan;
  const outputs = plan.outputs.filter((output) => !output.training);
  const { inputs, handsInputsOver = false } = feed;
  const handedOver = handsInputsOver ? inputs : new Map<string, Tensor>();
  const read = new Set(inference.map(({ node }) => nodeAt(graph, node).path));
  dispose(handedOver, (path) => !read.has(path));
  try {
    const tensors = tidy((): Tensor[] => {
      const values = forward(graph, inference, feed);
      return outputs.flatMap(({ node }) => values.get(node) ?? []);
    });
    return new Map(outputs.flatMap(({ name }, place) => pairOf(name, tensors[place])));
  } finally {
    dispose(handedOver, () => true);
  }
}

/** Frees some of the tensors; those that are freed already stay so. */
function dispose(tensors: Tensors, chosen: (name: string) => boolean): void {
  for (const [name, tensor] of tensors) if (chosen(name)) tensor.dispose();
}

function pairOf(name: string, tensor: Tensor | undefined): readonly (readonly [string, Tensor])[] {
  return tensor === undefined ? [] : [[name, tensor]];
}
