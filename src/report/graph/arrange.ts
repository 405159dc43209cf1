import { sizeOfLabel, type Size } from './box-text.js';
import { newDagre, runDagre, type Dagre } from './dagre.js';
import type { Link } from './picture.js';
import type { PlacedLabel, PlacedWay, Point, Rectangle } from './placed.js';
import { pathOf, type Band } from './routes.js';

/** A box to be placed, and where tensors enter and leave it from its left side on; in its middle, where nothing is said. */
export interface Part extends Size {
  readonly id: number;
  readonly entryAt?: ReadonlyMap<number, number>;
  readonly exitAt?: ReadonlyMap<number, number>;
}

/** The inside of a block with everything in its place. */
export interface Arranged extends Size {
  /** The column that the one tensor that enters, and the one that leaves, go through. */
  readonly middle: number;
  readonly corners: ReadonlyMap<number, Point>;
  readonly labels: readonly PlacedLabel[];
  readonly ways: readonly PlacedWay[];
  /** Where tensors cross the upper and the lower border. */
  readonly entryAt: ReadonlyMap<number, number>;
  readonly exitAt: ReadonlyMap<number, number>;
}

/** Places boxes in ranks, each below what it reads, so that neither boxes nor the labels of the ways overlap. */
export function arrange(parts: readonly Part[], links: readonly Link[]): Arranged {
  const ways = labelled(links);
  const graph = dagreGraph(parts, ways);
  runDagre(graph);
  mirrorIfReversed(graph, parts);
  const places = new Map(parts.map((part) => [part.id, cornerOf(graph, part)]));
  const { width = 0 } = graph.graph();
  const height = heightOf(graph);
  const middle = middleOf(graph, width);
  const [top, bottom] = [borderOf(graph, 'entry', middle), borderOf(graph, 'exit', middle)];
  const bands = bandsOf([...places.values(), top, bottom], ways, graph);
  const bends = ways.map((way) => bendsOf(graph, way));
  const ends = endsOf(parts, ways, { places, bends, top, bottom });
  const lines = ways.map((_way, index) =>
    pathOf(ends.starts[index] ?? top, bends[index] ?? [], ends.stops[index] ?? bottom, bands),
  );
  return {
    width,
    height,
    middle,
    corners: places,
    labels: ways.flatMap((way) => labelOf(graph, way)),
    ways: ways.map((way, index) => {
      const [label] = labelOf(graph, way);
      const line = { points: lines[index] ?? [], hasArrow: way.to !== 'exit' };
      return label === undefined ? line : { ...line, label };
    }),
    entryAt: crossing(ways, ({ from }) => from === 'entry', ends.starts),
    exitAt: crossing(ways, ({ to }) => to === 'exit', ends.stops),
  };
}

/** A link with the name that dagre knows it by, and its label: one way of each tensor shows the shape. */
interface Way extends Link {
  readonly name: string;
  readonly label: string | undefined;
}

/** What crosses the border above is labelled outside; below, too. */
function labelled(links: readonly Link[]): readonly Way[] {
  const told = new Set<number>();
  return links.map((link, index) => {
    const isTold = link.from === 'entry' || link.to === 'exit' || told.has(link.tensor);
    if (!isTold) told.add(link.tensor);
    return { ...link, name: String(index), label: isTold ? undefined : link.shape };
  });
}

/** Between two ranks; boxes stand in every other rank, labels between them. */
const rankGap = 18;

/** The borders are boxes without height, so that ways begin and end there and pass around all others. */
function dagreGraph(parts: readonly Part[], ways: readonly Way[]): Dagre {
  const graph = newDagre({ nodesep: 28, edgesep: 14, ranksep: 2 * rankGap, marginx: 1 });
  for (const border of ['entry', 'exit'] as const) {
    const crossing = ways.filter((way) => way.from === border || way.to === border);
    const tensors = new Set(crossing.map(({ tensor }) => tensor)).size;
    if (tensors > 0) graph.setNode(border, { width: 28 * (tensors - 1) + 1, height: 0 });
  }
  for (const { id, width, height } of parts) graph.setNode(String(id), { width, height });
  for (const { name, from, to, label } of ways) {
    const size = label === undefined ? { width: 0, height: 0 } : sizeOfLabel(label);
    graph.setEdge(String(from), String(to), { ...size, labelpos: 'c' }, name);
  }
  return graph;
}

/** Branches are drawn from left to right as they are written; dagre knows of no such order, and often has it reversed. */
function mirrorIfReversed(graph: Dagre, parts: readonly Part[]): void {
  const { width = 0 } = graph.graph();
  const last = new Map<number, number>();
  let rising = 0;
  for (const { id } of parts) {
    const { x = 0, y = 0 } = graph.node(String(id));
    const rank = Math.round(y);
    rising += Math.sign(x - (last.get(rank) ?? x));
    last.set(rank, x);
  }
  if (rising >= 0) return;
  const mirrored = <Place extends { x?: number }>(place: Place): Place => ({
    ...place,
    x: width - (place.x ?? 0),
  });
  for (const name of graph.nodes()) graph.setNode(name, mirrored(graph.node(name)));
  for (const edge of graph.edges()) {
    const { points = [], ...label } = graph.edge(edge);
    graph.setEdge(edge.v, edge.w, { ...mirrored(label), points: points.map(mirrored) }, edge.name);
  }
}

function cornerOf(graph: Dagre, { id, width, height }: Part): Rectangle {
  const { x = 0, y = 0 } = graph.node(String(id));
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** The column of the exit, where that doesn't waste too much room beside it: ways into and out of a block are then straight. */
function middleOf(graph: Dagre, width: number): number {
  const exit = graph.hasNode('exit') ? (graph.node('exit').x ?? 0) : width / 2;
  return Math.max(exit, width - exit) <= 0.7 * width ? exit : width / 2;
}

/** Dagre leaves room for a label before the exit, where none stands. */
function heightOf(graph: Dagre): number {
  const { height = 0 } = graph.graph();
  return graph.hasNode('exit') ? height - rankGap : height;
}

/** A border that one tensor crosses is a point in the middle. */
function borderOf(graph: Dagre, border: 'entry' | 'exit', middle: number): Rectangle {
  const y = border === 'entry' ? 0 : heightOf(graph);
  if (!graph.hasNode(border)) return { x: 0, y, width: 0, height: 0 };
  const { x = 0, width } = graph.node(border);
  return { x: width === 1 ? middle - 0.5 : x - width / 2, y, width, height: 0 };
}

/** Where dagre leads a way around boxes, and through its label. */
function bendsOf(graph: Dagre, { from, to, name }: Way): readonly Point[] {
  const { points = [] } = graph.edge({ v: String(from), w: String(to), name });
  return points.slice(1, to === 'exit' ? -2 : -1);
}

function labelOf(graph: Dagre, { from, to, name, label }: Way): readonly PlacedLabel[] {
  if (label === undefined) return [];
  const { x = 0, y = 0, width, height } = graph.edge({ v: String(from), w: String(to), name });
  return [{ text: label, x: x - width / 2, y: y - height / 2, width, height }];
}

/** How far each rank reaches up and down: there ways go straight down, and between the ranks in bows. */
function bandsOf(places: readonly Rectangle[], ways: readonly Way[], graph: Dagre): readonly Band[] {
  const labels = ways.flatMap((way) => labelOf(graph, way));
  const reach = new Map<number, number>();
  for (const { y, height } of [...places, ...labels]) {
    const middle = Math.round(y + height / 2);
    reach.set(middle, Math.max(reach.get(middle) ?? 0, height / 2));
  }
  return [...reach].map(([middle, half]) => ({ middle, half }));
}

interface Known {
  readonly places: ReadonlyMap<number, Rectangle>;
  readonly bends: readonly (readonly Point[])[];
  readonly top: Rectangle;
  readonly bottom: Rectangle;
}

/** Where each way begins and ends: at the ports of an open block, else spread over a box's side, from left to right as they come. */
function endsOf(
  parts: readonly Part[],
  ways: readonly Way[],
  { places, bends, top, bottom }: Known,
): { readonly starts: readonly Point[]; readonly stops: readonly Point[] } {
  const partOf = new Map(parts.map((part) => [part.id, part]));
  const placeOf = (end: Link['from'] | Link['to']): Rectangle => {
    if (end === 'entry') return top;
    return end === 'exit' ? bottom : (places.get(end) ?? top);
  };
  const middleOf = (end: Link['from'] | Link['to']): number => placeOf(end).x + placeOf(end).width / 2;
  const starts = ways.map(({ from, tensor }): Point => {
    const { x, y, width, height } = placeOf(from);
    if (from === 'entry') {
      const tensors = tensorsInOrder(ways, bends, from, 'from');
      return { x: x + spread(tensors.indexOf(tensor), tensors.length, width), y };
    }
    return { x: x + (partOf.get(from)?.exitAt?.get(tensor) ?? width / 2), y: y + height };
  });
  const stops = ways.map(({ to, tensor }, index): Point => {
    const { x, y, width } = placeOf(to);
    const port = to === 'exit' ? undefined : partOf.get(to)?.entryAt?.get(tensor);
    if (port !== undefined) return { x: x + port, y };
    if (to === 'exit') {
      const tensors = tensorsInOrder(ways, bends, to, 'to');
      return { x: x + spread(tensors.indexOf(tensor), tensors.length, width), y };
    }
    const order = ways
      .flatMap((way, place) =>
        way.to === to ? [{ place, x: bends[place]?.at(-1)?.x ?? middleOf(way.from) }] : [],
      )
      .sort((a, b) => a.x - b.x || a.place - b.place);
    const rank = order.findIndex(({ place }) => place === index);
    return { x: x + spread(rank, order.length, width), y };
  });
  return { starts, stops };
}

/** The tensors that cross a border, from left to right as their ways come. */
function tensorsInOrder(
  ways: readonly Way[],
  bends: readonly (readonly Point[])[],
  border: Link['from'] | Link['to'],
  side: 'from' | 'to',
): readonly number[] {
  const first = new Map<number, number>();
  ways.forEach((way, place) => {
    const bend = side === 'from' ? bends[place]?.[0] : bends[place]?.at(-1);
    if (way[side] === border && !first.has(way.tensor)) first.set(way.tensor, bend?.x ?? 0);
  });
  return [...first].sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([tensor]) => tensor);
}

/** A place among several on a side, 22 pixels apart where there is room. */
function spread(rank: number, count: number, width: number): number {
  const apart = Math.min(22, width / (count + 1));
  return width / 2 + apart * (rank - (count - 1) / 2);
}

function crossing(
  ways: readonly Way[],
  crosses: (way: Way) => boolean,
  ends: readonly Point[],
): ReadonlyMap<number, number> {
  return new Map(
    ways.flatMap((way, index) => (crosses(way) ? [[way.tensor, ends[index]?.x ?? 0] as const] : [])),
  );
}
