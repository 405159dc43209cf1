import type { Dagre } from './dagre.js';

/**
 * Draws the main line straight where beside it there is one other way at most, as around a residual: dagre puts what stands
 * alone between the two. Where three ways or more stand beside each other, the middle of them is the better place.
 */
export function straighten(graph: Dagre, line: readonly string[]): void {
  const crowds = crowdsOf(graph);
  if (Math.max(...crowds.values()) > 2) return;
  const isAlone = (name: string): boolean => crowds.get(rankOf(graph.node(name).y)) === 1;
  const { width: whole = 0 } = graph.graph();
  let axis = axisOf(graph, line.find((name) => !isAlone(name)) ?? line[0] ?? '', line);
  for (const name of line) {
    const node = graph.node(name);
    if (!isAlone(name)) axis = node.x ?? axis;
    else if (axis >= node.width / 2 && axis + node.width / 2 <= whole)
      graph.setNode(name, { ...node, x: axis });
  }
}

/** The column of a box; where the main line has none but passes by, the column that it passes in. */
function axisOf(graph: Dagre, first: string, line: readonly string[]): number {
  const passing = graph.edges().find(({ v, w }) => v === 'entry' && w === 'exit');
  const bend = passing && line.length === 2 ? graph.edge(passing).points?.at(1) : undefined;
  return bend?.x ?? graph.node(first).x ?? 0;
}

/** How many boxes and ways stand in each rank. */
function crowdsOf(graph: Dagre): ReadonlyMap<number, number> {
  const crowds = new Map<number, number>();
  const count = (y: number | undefined): void => void crowds.set(rankOf(y), (crowds.get(rankOf(y)) ?? 0) + 1);
  for (const name of graph.nodes()) count(graph.node(name).y);
  for (const edge of graph.edges()) for (const { y } of graph.edge(edge).points?.slice(1, -1) ?? []) count(y);
  return crowds;
}

function rankOf(y = 0): number {
  return Math.round(y);
}
