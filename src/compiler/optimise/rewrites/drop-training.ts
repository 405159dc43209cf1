import { nodeAt } from '../../ir/graph.js';
import type { Graph, Output } from '../../ir/graph.js';
import type { Rewrite } from '../rewrite.js';

/** What exists in training only. */
interface TrainingOnly {
  readonly outputs: readonly Output[];
  /** The nodes that no output of inference needs. */
  readonly nodes: readonly number[];
}

/** Takes outputs that exist in training only away, and every node that only they need. */
export const dropTraining: Rewrite<TrainingOnly> = {
  name: 'drop-training',
  matches({ graph }) {
    const outputs = graph.outputs.filter(({ training }) => !training);
    const nodes = unneeded(graph, outputs);
    return nodes.length === 0 && outputs.length === graph.outputs.length ? [] : [{ outputs, nodes }];
  },
  refuses({ outputs }, { graph }) {
    if (outputs.length > 0) return undefined;
    return { path: nodeAt(graph, 0).path, why: 'every output exists in training only' };
  },
  builds: ({ outputs, nodes }) => ({ outputs, leaves: new Map(nodes.map((id) => [id, undefined])) }),
};

function unneeded(graph: Graph, outputs: readonly Output[]): readonly number[] {
  const needed = new Set(outputs.map(({ node }) => node));
  for (const { id, inputs } of graph.nodes.toReversed()) {
    if (needed.has(id)) for (const input of inputs) needed.add(input);
  }
  return graph.nodes.flatMap(({ id }) => (needed.has(id) ? [] : [id]));
}
