import { buildGraph } from '../ir/build.js';
import { nodeAt, type Graph, type Node } from '../ir/graph.js';
import { isComplaint, type Args, type Shape } from '../ops/op.js';
import { equals } from '../values/exact.js';

/**
 * The graph with other arguments of some layers: shapes and weights of all follow anew. Nothing where a layer can't stand
 * there any more, where weights that are shared would differ, or where the model would give another shape.
 */
export function withArgs(graph: Graph, changes: ReadonlyMap<number, Args>): Graph | undefined {
  const builder = buildGraph();
  for (const node of graph.nodes) {
    const { sharesWith, ...request } = node;
    const args = changes.get(node.id) ?? node.args;
    const added = builder.add({ ...request, args, ...(sharesWith === undefined ? {} : { sharesWith }) });
    if (isComplaint(added)) return undefined;
    if (sharesWith !== undefined && !storesTheSame(added, nodeAt(builder, sharesWith))) return undefined;
  }
  const gives = graph.outputs.every(({ node }) =>
    isSameShape(nodeAt(graph, node).shape, nodeAt(builder, node).shape),
  );
  if (!gives) return undefined;
  return { ...graph, nodes: builder.nodes };
}

function storesTheSame(one: Node, other: Node): boolean {
  return one.weights.every(({ shape }, place) => isSameShape(shape, other.weights[place]?.shape ?? []));
}

function isSameShape(one: Shape, other: Shape): boolean {
  return one.length === other.length && one.every((size, place) => equals(size, other[place] ?? 0) === true);
}
