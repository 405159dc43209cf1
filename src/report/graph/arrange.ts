import { sizeOfLabel, type Size } from './box-text.js';
import { newDagre, runDagre, type Dagre } from './dagre.js';
import type { Link } from './picture.js';
import type { Direction, PlacedLabel, PlacedWay, Point, Rectangle } from './placed.js';
import { pathOf, type Band } from './routes.js';
import { makeRoomForWays, mirrorIfReversed } from './dagre-columns.js';
import { straighten } from './straighten.js';
import { turned } from './turn.js';

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

/** Places boxes in ranks, each below what it reads, so that neither boxes nor the labels of the ways overlap; sizes are as in a picture that leads down. */
export function arrange(parts: readonly Part[], links: readonly Link[], direction: Direction): Arranged {
  const ways = labelled(links);
  const graph = dagreGraph(parts, ways, direction);
  runDagre(graph);
  mirrorIfReversed(graph, parts, ways);
  makeRoomForWays(graph);
  straighten(graph, mainLine(ways).boxes);
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
const rankGap = 15;

/** The borders are boxes without height, so that ways begin and end there and pass around all others. */
function dagreGraph(parts: readonly Part[], ways: readonly Way[], direction: Direction): Dagre {
  const nodesep = direction === 'down' ? 28 : 16;
  const graph = newDagre({ nodesep, edgesep: 14, ranksep: 2 * rankGap, marginx: 1 });
  for (const border of ['entry', 'exit'] as const) {
    const crossing = ways.filter((way) => way.from === border || way.to === border);
    const tensors = new Set(crossing.map(({ tensor }) => tensor)).size;
    if (tensors > 0) graph.setNode(border, { width: 28 * (tensors - 1) + 1, height: 0 });
  }
  for (const { id, width, height } of parts) graph.setNode(String(id), { width, height });
  const main = mainLine(ways).ways;
  for (const { name, from, to, label } of ways) {
    const weight = main.has(name) ? 8 : 1;
    const size = label === undefined ? { width: 0, height: 0 } : turned(sizeOfLabel(label), direction);
    graph.setEdge(String(from), String(to), { ...size, labelpos: 'c', weight }, name);
  }
  // What leaves goes on below everything, also below boxes that nothing reads.
  const read = new Set(ways.map(({ from }) => from));
  const unread = graph.hasNode('exit') ? parts.filter(({ id }) => !read.has(id)) : [];
  for (const { id } of unread)
    graph.setEdge(
      String(id),
      'exit',
      { width: 0, height: 0, labelpos: 'c', weight: 0 },
      `unread ${String(id)}`,
    );
  return graph;
}

/**
 * The ways of the longest line from the beginning to the end, which is drawn straight where that is possible. Ways come in
 * the order of the boxes that they lead to, so that all that lead to a box are known before one that leaves it.
 */
function mainLine(ways: readonly Way[]): {
  readonly ways: ReadonlySet<string>;
  readonly boxes: readonly string[];
} {
  const before = new Map<Link['from'] | Link['to'], { readonly length: number; readonly way: Way }>();
  let last = ways.find(({ to }) => to === 'exit');
  let longest = 0;
  for (const way of ways) {
    const length = (before.get(way.from)?.length ?? 0) + 1;
    if (length > (before.get(way.to)?.length ?? 0)) before.set(way.to, { length, way });
    if (last?.to === 'exit' || length <= longest) continue;
    longest = length;
    last = way;
  }
  const main = new Set<string>();
  const boxes = last === undefined ? [] : [String(last.to)];
  for (let step = last && before.get(last.to); step !== undefined; step = before.get(step.way.from)) {
    main.add(step.way.name);
    boxes.unshift(String(step.way.from));
  }
  return { ways: main, boxes };
}

function cornerOf(graph: Dagre, { id, width, height }: Part): Rectangle {
  const { x = 0, y = 0 } = graph.node(String(id));
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** The column of the exit: what follows stands straight below it. */
function middleOf(graph: Dagre, width: number): number {
  const border = ['exit', 'entry'].find((name) => graph.hasNode(name));
  return border === undefined ? width / 2 : (graph.node(border).x ?? 0);
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
    const straight = order.findIndex((one) => Math.abs(one.x - x - width / 2) < 1);
    const middle = straight < 0 ? (order.length - 1) / 2 : straight;
    return { x: x + width / 2 + apartAt(order.length, width) * (rank - middle), y };
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

/** A place among several on a side. */
function spread(rank: number, count: number, width: number): number {
  return width / 2 + apartAt(count, width) * (rank - (count - 1) / 2);
}

/** 22 pixels, where there is room: also where the straight one of several stands in the middle, and all others on one side of it. */
function apartAt(count: number, width: number): number {
  return Math.min(22, width / (2 * count));
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
