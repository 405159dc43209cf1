import type { Dagre } from './dagre.js';

/** Branches are drawn from left to right as they are written; dagre knows of no such order, and often has it reversed. */
export function mirrorIfReversed(
  graph: Dagre,
  parts: readonly { readonly id: number }[],
  ways: readonly { readonly from: string | number; readonly to: string | number; readonly name: string }[],
): void {
  const { width = 0 } = graph.graph();
  const placesOfBoxes = parts.map(({ id }): readonly [number, number] => {
    const { x = 0, y = 0 } = graph.node(String(id));
    return [Math.round(y), x];
  });
  const placesOfWays = ways.map((way): readonly [string, number] => {
    const { points = [] } = graph.edge({ v: String(way.from), w: String(way.to), name: way.name });
    return [String(way.to), points.at(-2)?.x ?? 0];
  });
  const rising = risingIn(placesOfBoxes) || risingIn(placesOfWays);
  if (rising >= 0) return;
  moveColumns(graph, (x) => width - x);
}

/** Ways pass beside the boxes too, which dagre's width doesn't count. */
export function makeRoomForWays(graph: Dagre): void {
  const { width = 0 } = graph.graph();
  const bends = graph.edges().flatMap((edge) => graph.edge(edge).points?.slice(1, -1) ?? []);
  const left = Math.max(0, room - Math.min(room, ...bends.map(({ x }) => x)));
  const right = Math.max(width, ...bends.map(({ x }) => x + room));
  moveColumns(graph, (x) => x + left);
  graph.setGraph({ ...graph.graph(), width: left + right });
}

/** How far a way stays from what stands beside. */
const room = 6;

function moveColumns(graph: Dagre, columnOf: (x: number) => number): void {
  const moved = <Place extends { x?: number }>(place: Place): Place => ({
    ...place,
    x: columnOf(place.x ?? 0),
  });
  for (const name of graph.nodes()) graph.setNode(name, moved(graph.node(name)));
  for (const edge of graph.edges()) {
    const { points = [], ...label } = graph.edge(edge);
    graph.setEdge(edge.v, edge.w, { ...moved(label), points: points.map(moved) }, edge.name);
  }
}

/** How many of those that stand together come from left to right in their order, less those that don't. */
function risingIn(places: readonly (readonly [together: string | number, x: number])[]): number {
  const last = new Map<string | number, number>();
  let rising = 0;
  for (const [together, x] of places) {
    rising += Math.sign(x - (last.get(together) ?? x));
    last.set(together, x);
  }
  return rising;
}
