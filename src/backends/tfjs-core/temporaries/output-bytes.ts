import { bytesOf } from '../../../compiler/analyse/bytes.js';
import type { Moment } from '../../../compiler/analyse/memory.js';
import type { Node } from '../../../compiler/ir/graph.js';
import { multiply, type Exact } from '../../../compiler/values/exact.js';

/** The bytes of a layer's output for a whole batch. */
export function outputBytes({ shape }: Pick<Node, 'shape'>, { batch }: Pick<Moment, 'batch'>): Exact {
  return multiply(batch, bytesOf(shape));
}
