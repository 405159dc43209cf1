import type { Block, Box, Link } from './picture.js';

/** A piece of a block's main line: boxes, and the links between them and what comes before and after. */
export interface Segment {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  /** The one tensor that leads from the segment before to this one; absent at the beginning of a block. */
  readonly arriving?: Link;
}

/** A block cut wherever a single tensor goes on: what stands before such a place can be drawn apart from what follows. */
export function segmentsOf({ children, links }: Block): readonly Segment[] {
  const boxes = inOrder(children, links);
  const placed = placeLinks(boxes, links);
  const segments: { boxes: Box[]; links: Map<string, Link>; arriving?: Link }[] = [];
  const segmentAt: number[] = [];
  const arriving = cutsOf(boxes.length, placed);
  for (const [place, box] of boxes.entries()) {
    const last = segments.at(-1);
    const link = arriving.get(place);
    if (last === undefined || link !== undefined) {
      const begun = { boxes: [box], links: new Map<string, Link>() };
      segments.push(link === undefined ? begun : { ...begun, arriving: link });
    } else last.boxes.push(box);
    segmentAt.push(segments.length - 1);
  }
  for (const { link, start, stop, rank } of placed) {
    const [from, to] = [segmentAt[start] ?? 0, segmentAt[stop] ?? segments.length - 1];
    for (let index = from; index <= to; index++) {
      const inside: Link = {
        ...link,
        from: index > from ? 'entry' : link.from,
        to: index < to ? 'exit' : link.to,
      };
      const key = inside.to === 'exit' ? `${String(inside.from)} ${String(link.tensor)}` : `#${String(rank)}`;
      segments[index]?.links.set(key, inside);
    }
  }
  return segments.map(({ links: own, ...segment }) => ({ ...segment, links: [...own.values()] }));
}

/** A link with the places of its ends: -1 before the first box, and their number behind the last. */
interface PlacedLink {
  readonly link: Link;
  readonly start: number;
  readonly stop: number;
  readonly rank: number;
}

/**
 * What doesn't lead to where the main line ends is drawn behind what it reads: a classifier for training, with its output,
 * which is written after everything else.
 */
function inOrder(children: readonly Box[], links: readonly Link[]): readonly Box[] {
  const isMain = mainBoxes(children, links);
  const missing = new Map(children.map(({ id }) => [id, 0]));
  const readers = new Map<Link['from'], number[]>();
  for (const { from, to } of links) {
    if (from === 'entry' || to === 'exit') continue;
    missing.set(to, (missing.get(to) ?? 0) + 1);
    const known = readers.get(from);
    if (known === undefined) readers.set(from, [to]);
    else known.push(to);
  }
  const boxOf = new Map(children.map((box) => [box.id, box]));
  const ordered = new Set<Box>();
  // Side branches follow what they read at once; a stack, so that a long one needs no recursion.
  for (const first of children) {
    if (!isMain.has(first.id) && (missing.get(first.id) ?? 0) > 0) continue;
    const waiting = [first];
    for (let box = waiting.pop(); box !== undefined; box = waiting.pop()) {
      if (ordered.has(box)) continue;
      ordered.add(box);
      const ready = (readers.get(box.id) ?? []).flatMap((id) => {
        const left = (missing.get(id) ?? 0) - 1;
        missing.set(id, left);
        const reader = boxOf.get(id);
        return left === 0 && !isMain.has(id) && reader !== undefined ? [reader] : [];
      });
      waiting.push(...ready.toReversed());
    }
  }
  return [...ordered];
}

/** The boxes from which a tensor leaves the block, and all before them; where none does, the longest line to a box. */
function mainBoxes(children: readonly Box[], links: readonly Link[]): ReadonlySet<number> {
  const places = new Map(children.map(({ id }, place) => [id, place]));
  const inside = links.flatMap(({ from, to }) =>
    from === 'entry' || to === 'exit' ? [] : [{ from, to, place: places.get(to) ?? 0 }],
  );
  inside.sort((a, b) => a.place - b.place);
  const main = new Set(links.flatMap(({ from, to }) => (to === 'exit' && from !== 'entry' ? [from] : [])));
  if (main.size === 0) {
    const lengths = new Map(children.map(({ id }) => [id, 0]));
    const lengthOf = (id: number): number => lengths.get(id) ?? 0;
    for (const { from, to } of inside) lengths.set(to, Math.max(lengthOf(to), lengthOf(from) + 1));
    const [end] = [...lengths.keys()].toSorted((a, b) => lengthOf(b) - lengthOf(a));
    if (end !== undefined) main.add(end);
  }
  // From the end to the beginning: who reads a box is told before the box itself.
  for (const { from, to } of inside.toReversed()) if (main.has(to)) main.add(from);
  return main;
}

function placeLinks(boxes: readonly Box[], links: readonly Link[]): readonly PlacedLink[] {
  const places = new Map<Link['from'] | Link['to'], number>(boxes.map(({ id }, place) => [id, place]));
  return links.map((link, rank) => ({
    link,
    rank,
    start: places.get(link.from) ?? -1,
    stop: places.get(link.to) ?? boxes.length,
  }));
}

/** By the place of the box that begins a segment: the link of the tensor that leads there. */
function cutsOf(count: number, links: readonly PlacedLink[]): ReadonlyMap<number, Link> {
  const farthest = new Map<string, PlacedLink>();
  for (const link of links) {
    const key = `${String(link.start)} ${String(link.link.tensor)}`;
    if (link.stop > (farthest.get(key)?.stop ?? -1)) farthest.set(key, link);
  }
  const begins = grouped(farthest.values(), ({ start }) => start);
  const ends = grouped(farthest.values(), ({ stop }) => stop);
  const passing = new Set(begins.get(-1));
  const first = lastWithoutInput(count, links);
  const cuts = new Map<number, Link>();
  for (let place = 1; place < count; place++) {
    for (const link of ends.get(place - 1) ?? []) passing.delete(link);
    for (const link of begins.get(place - 1) ?? []) passing.add(link);
    const [only] = passing;
    if (passing.size === 1 && only !== undefined && place > first) cuts.set(place, only.link);
  }
  return cuts;
}

/** The place of the last box that reads nothing: inputs are drawn side by side. */
function lastWithoutInput(count: number, links: readonly PlacedLink[]): number {
  const readers = new Set(links.map(({ stop }) => stop));
  for (let place = count - 1; place >= 0; place--) if (!readers.has(place)) return place;
  return -1;
}

function grouped(
  links: Iterable<PlacedLink>,
  placeOf: (link: PlacedLink) => number,
): ReadonlyMap<number, readonly PlacedLink[]> {
  const groups = new Map<number, PlacedLink[]>();
  for (const link of links) {
    const group = groups.get(placeOf(link));
    if (group === undefined) groups.set(placeOf(link), [link]);
    else group.push(link);
  }
  return groups;
}
