import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import { nodeAt } from '../../compiler/ir/graph.js';
import { forward } from './forward.js';
import type { ExecutionPlan, Feed, Tensors } from './types.js';

/** Computes the tensors of all nodes at inference, by the nodes' paths; they belong to the caller, and all live at once. */
export function trace({ graph, inference }: ExecutionPlan, feed: Feed): Tensors {
  const steps = inference.map((step) => ({ ...step, lastReads: [] }));
  const tensors: [string, Tensor][] = [];
  tidy(() => {
    const values = forward(graph, steps, feed);
    // What a node gives may be what it is given: a copy is the caller's alone.
    for (const [id, tensor] of values) tensors.push([nodeAt(graph, id).path, tensor.clone()]);
    return tensors.map(([, tensor]) => tensor);
  });
  return new Map(tensors);
}
