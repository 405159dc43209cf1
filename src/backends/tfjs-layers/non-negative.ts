import type { Graph, Node } from '../../compiler/ir/graph.js';
import type { OpKind } from '../../compiler/ops/registry.js';

/** The nodes whose values are never below zero, whatever the input and the weights: zeros beside them win no maximum. */
export function nonNegativeNodes(graph: Graph): ReadonlySet<number> {
  const found = new Set<number>();
  for (const node of graph.nodes) {
    if (isSource(node) || (passing.has(node.kind) && node.inputs.every((id) => found.has(id))))
      found.add(node.id);
  }
  return found;
}

function isSource({ kind }: Node): boolean {
  return sources.has(kind);
}

const sources: ReadonlySet<OpKind> = new Set([
  'relu',
  'relu6',
  'sigmoid',
  'hardsigmoid',
  'softplus',
  'softmax',
]);

/** Layers that give nothing below zero where nothing below zero arrives. */
const passing: ReadonlySet<OpKind> = new Set([
  'pool',
  'gap',
  'gmp',
  'dropout',
  'identity',
  'flatten',
  'reshape',
  'permute',
  'crop',
  'upsample',
  'resize',
  'slice',
  'shuffle',
  'depth_to_space',
  'space_to_depth',
  'concat',
  'add',
  'mul',
  'max',
  'average',
]);
