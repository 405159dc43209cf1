import { nodeAt, type Graph } from '../ir/graph.js';

/** Whether what exists in training only (auxiliary outputs and their layers) counts too. */
export interface Extent {
  readonly training?: boolean;
}

/** One byte a node: 1 where an output of this extent needs the node, so that it runs and stores its weights. */
export function neededNodes(graph: Graph, { training = false }: Extent = {}): Uint8Array {
  const needed = new Uint8Array(graph.nodes.length);
  for (const output of graph.outputs) {
    if (training || !output.training) needed[output.node] = 1;
  }
  // Inputs have smaller ids, so one walk from the end reaches everything.
  for (let id = graph.nodes.length - 1; id >= 0; id--) {
    if (needed[id] === 0) continue;
    for (const input of nodeAt(graph, id).inputs) needed[input] = 1;
  }
  return needed;
}
