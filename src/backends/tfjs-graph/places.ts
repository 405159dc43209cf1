import { neededNodes } from '../../compiler/analyse/needed.js';
import { nodeAt, type Graph, type Node } from '../../compiler/ir/graph.js';
import type { BuiltTensor } from '../backend.js';
import type { Tensor } from './operation.js';

/**
 * Where the model has the tensors of the graph that it was made of, by the paths of their nodes. A node that is left gives
 * what the last of those gives that were taken away behind it: a convolution, with the batch norm that is folded into it.
 */
export function placesOf(
  graph: Graph,
  left: Graph,
  tensors: ReadonlyMap<number, Tensor>,
  names: ReadonlyMap<number, string>,
): ReadonlyMap<string, BuiltTensor> {
  const paths = new Set(left.nodes.map(({ path }) => path));
  const ends = endsOf(graph, paths);
  const last = new Map<string, readonly [string, BuiltTensor]>();
  for (const [id, { from }] of tensors) {
    const name = names.get(from);
    const end = ends.get(nodeAt(left, id).path);
    if (name !== undefined && end !== undefined) last.set(name, [end.path, { name, call: 0 }]);
  }
  return new Map(last.values());
}

/** For each path that is left the node of the whole graph whose tensor it gives. */
function endsOf(graph: Graph, left: ReadonlySet<string>): ReadonlyMap<string, Node> {
  const needed = neededNodes(graph);
  /** The path that stands for each node, by its id. */
  const standing = new Map<number, string>();
  const ends = new Map<string, Node>();
  for (const node of graph.nodes) {
    const [first = node.id] = node.inputs;
    const isLeft = left.has(node.path);
    const path = isLeft ? node.path : standing.get(first);
    if (path === undefined || (!isLeft && needed[node.id] === 0)) continue;
    standing.set(node.id, path);
    ends.set(path, node);
  }
  return ends;
}
