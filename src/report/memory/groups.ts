import { nodeAt, type Graph, type Node } from '../../compiler/ir/graph.js';
import { shownPath } from '../rows.js';

/** What the picture gives one colour: a block in the model's own lines, or a layer that stands in none. */
export interface Group {
  /** Counts from 0 in the order in which the groups first run. */
  readonly index: number;
  readonly name: string;
}

/** Tells for every node to which group it belongs. */
export function groupsOf(graph: Graph, nodes: readonly Node[]): (node: Node) => Group {
  const calls = outermostCalls(graph);
  const groups = new Map<string, Group>();
  const keyOf = (node: Node): string => {
    const call = calls[node.id] ?? 0;
    return call === 0 ? shownPath(graph, node.id) : (graph.scopes[call]?.path ?? '');
  };
  for (const node of nodes) {
    const name = keyOf(node);
    if (!groups.has(name)) groups.set(name, { index: groups.size, name });
  }
  return (node) => {
    const group = groups.get(keyOf(node));
    if (group === undefined) throw new Error(`${nodeAt(graph, node.id).path} doesn't run`);
    return group;
  };
}

/** For each node the call in the model's own lines in which it stands; 0 for none. */
function outermostCalls(graph: Graph): Int32Array {
  const calls = new Int32Array(graph.nodes.length);
  graph.scopes.forEach(({ parent, first, end }, index) => {
    if (parent === 0) calls.fill(index, first, end);
  });
  return calls;
}
