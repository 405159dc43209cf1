import type { Graph } from '../ir/graph.js';

/** Who uses what in a graph. */
export interface Uses {
  /** How many times a node's tensor is read, by nodes and as an output. */
  readonly readers: (id: number) => number;
  /** Whether a node's weights are also another node's. */
  readonly isShared: (id: number) => boolean;
}

/** Counts the readers of every node, and finds the weights that are shared. */
export function usesOf(graph: Graph): Uses {
  const readers = graph.nodes.map(() => 0);
  const shared = new Set<number>();
  const read = (id: number): void => void (readers[id] = (readers[id] ?? 0) + 1);
  for (const { id, inputs, sharesWith } of graph.nodes) {
    inputs.forEach(read);
    if (sharesWith !== undefined) shared.add(id).add(sharesWith);
  }
  for (const { node } of graph.outputs) read(node);
  return { readers: (id) => readers[id] ?? 0, isShared: (id) => shared.has(id) };
}
