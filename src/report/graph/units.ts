import type { Figures } from '../../compiler/analyse/figures.js';
import type { Graph, Node } from '../../compiler/ir/graph.js';
import { ops } from '../../compiler/ops/registry.js';

/** Nodes that share a box: a layer, and what follows it without a branch between. */
export interface Unit {
  readonly id: number;
  readonly head: Node;
  /** The head first; their ids have no gaps. */
  readonly nodes: readonly Node[];
  /** The scope that all of them stand in. */
  readonly scope: number;
}

/** The units of a graph, in the order of the source. */
export interface Units {
  readonly all: readonly Unit[];
  /** The unit of each node that counts. */
  readonly ofNode: ReadonlyMap<number, Unit>;
}

/** Puts the nodes that count into boxes: normalisations and activations stand with the layer that they follow. */
export function unitsOf(graph: Graph, { counted }: Figures): Units {
  const readers = countReaders(graph, counted);
  const all: { id: number; head: Node; nodes: Node[]; scope: number }[] = [];
  const ofNode = new Map<number, Unit>();
  for (const node of graph.nodes) {
    if (counted[node.id] === 0) continue;
    const before = all.at(-1);
    const last = before?.nodes.at(-1);
    if (before !== undefined && last !== undefined && belongs(node, before.head, last, readers)) {
      before.nodes.push(node);
      ofNode.set(node.id, before);
      continue;
    }
    const unit = { id: all.length, head: node, nodes: [node], scope: node.scope };
    all.push(unit);
    ofNode.set(node.id, unit);
  }
  return { all, ofNode };
}

/** The layers that what follows them may stand with. */
const heads: ReadonlySet<string> = new Set(['convolution', 'dense', 'join', 'normalisation']);

function belongs(node: Node, head: Node, last: Node, readers: ReadonlyMap<number, number>): boolean {
  const follows = node.inputs.length === 1 && node.inputs[0] === last.id && last.id === node.id - 1;
  if (!follows || node.scope !== head.scope || readers.get(last.id) !== 1) return false;
  if (node.inline) return true;
  const { category } = ops[node.kind];
  return heads.has(ops[head.kind].category) && (category === 'normalisation' || category === 'activation');
}

/** How many layers and outputs read each tensor. */
function countReaders(graph: Graph, counted: Uint8Array): ReadonlyMap<number, number> {
  const readers = new Map<number, number>();
  const read = (id: number): void => void readers.set(id, (readers.get(id) ?? 0) + 1);
  for (const node of graph.nodes) if (counted[node.id] === 1) node.inputs.forEach(read);
  for (const { node } of graph.outputs) read(node);
  return readers;
}
