import type { Graph, Node } from '../ir/graph.js';
import { sum, toNumber, type Exact } from '../values/exact.js';
import { product } from '../values/exact.js';
import type { TrainingPeak } from '../analyse/training-memory.js';

/** A layer as it stands in the source, which blocks and loops may bring several times. */
export interface WrittenLayer {
  readonly nodes: readonly [Node, ...Node[]];
  /** The bytes that it answers for at the peak: its tensors, and its weights with what the optimizer keeps of them. */
  readonly bytes: number;
}

/** The layers of a source in their order, each once. */
export function writtenLayers(
  graph: Graph,
  { alive }: Pick<TrainingPeak, 'alive'>,
  bytesOfWeight: number,
): readonly WrittenLayer[] {
  const present = new Map<number, Exact[]>();
  for (const { node, bytes } of alive) {
    if (node !== undefined) present.set(node.id, [...(present.get(node.id) ?? []), bytes]);
  }
  const groups = new Map<string, [Node, ...Node[]]>();
  for (const node of graph.nodes) {
    const { source, start } = node.origin.span;
    const key = `${node.kind} ${String(start)} ${source.name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  return [...groups.values()].map((nodes) => {
    const values = nodes.flatMap(({ weights }) => weights.map(({ shape }) => product(shape)));
    const own = nodes.flatMap(({ id }) => present.get(id) ?? []);
    return { nodes, bytes: bytesOfWeight * toNumber(sum(values)) + toNumber(sum(own)) };
  });
}
