import { inputShapes, type Graph, type Node } from '../ir/graph.js';
import type { AnyOp, WeightSpec } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import { add, multiply, product, sum, type Exact } from '../values/exact.js';
import { bytesOf } from './bytes.js';

/** What one layer costs for one image; weights are told apart from work so that shared ones can be counted once. */
export interface Costs {
  /** Values of the weights that the model stores: what their bytes are counted of. */
  readonly stored: Exact;
  readonly params: Exact;
  readonly trainable: Exact;
  readonly macs: Exact;
  /** 2 · macs + elementwise work. */
  readonly flops: Exact;
  /** Bytes of the output; an activation inside of a layer's line overwrites that layer's and has none. */
  readonly activationBytes: Exact;
}

/** The costs of one node, from the layer's definition alone. */
export function costsOf(graph: Pick<Graph, 'nodes'>, node: Node): Costs {
  const op: AnyOp = ops[node.kind];
  const inputs = inputShapes(graph, node);
  const macs = op.macs(node.args, inputs, node.shape);
  const elementwise = op.elementwise(node.args, inputs, node.shape);
  const stored = valuesIn(node.weights);
  return {
    stored,
    params: stored,
    trainable: valuesIn(trainableOf(node.weights)),
    macs,
    flops: add(multiply(2, macs), elementwise),
    activationBytes: node.inline ? 0 : bytesOf(node.shape),
  };
}

function trainableOf(weights: readonly WeightSpec[]): readonly WeightSpec[] {
  return weights.every(({ trainable }) => trainable) ? weights : weights.filter(({ trainable }) => trainable);
}

function valuesIn(weights: readonly WeightSpec[]): Exact {
  return weights.length === 0 ? 0 : sum(weights.map((weight) => product(weight.shape)));
}
