import { printGraph } from '../ir/print.js';
import { align } from './align.js';
import { matchMoved } from './match-moved.js';
import { keyLevels, type CallItem, type Item, type LayerItem, type Outline } from './outline.js';
import type { Pair } from './pair.js';

/** Which layers and calls of two models stand for each other, from the first to the second. */
export interface Matching {
  readonly layers: ReadonlyMap<LayerItem, LayerItem>;
  readonly calls: ReadonlyMap<CallItem, CallItem>;
}

/**
 * Finds the layers that two models have in common, call by call from the outside in: first by what they are, then by what
 * they are called, in the order of the source; at last those that were taken elsewhere. Where several matchings are
 * equally good, both directions choose the same.
 */
export function matchOutlines(before: Outline, after: Outline): Matching {
  if (printGraph(before.graph) <= printGraph(after.graph)) return matchInOrder(before, after);
  const { layers, calls } = matchInOrder(after, before);
  return { layers: inverse(layers), calls: inverse(calls) };
}

function matchInOrder(before: Outline, after: Outline): Matching {
  const layers = new Map<LayerItem, LayerItem>();
  const calls = new Map<CallItem, CallItem>();
  const left: { readonly before: Item[]; readonly after: Item[] } = { before: [], after: [] };
  const open: (readonly [CallItem, CallItem])[] = [[before.root, after.root]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [first, second] = pair;
    calls.set(first, second);
    const matched = matchItems(first.items, second.items);
    for (const [place, other] of matched) {
      const [one, another] = [first.items[place], second.items[other]];
      if (one?.kind === 'layer' && another?.kind === 'layer') layers.set(one, another);
      if (one?.kind === 'call' && another?.kind === 'call') open.push([one, another]);
    }
    leave(left.before, first.items, new Set(matched.map(([place]) => place)));
    leave(left.after, second.items, new Set(matched.map(([, place]) => place)));
  }
  for (const [one, other] of matchMoved(left.before, left.after)) layers.set(one, other);
  return { layers, calls };
}

function leave(left: Item[], items: readonly Item[], matched: ReadonlySet<number>): void {
  items.forEach((item, place) => {
    if (!matched.has(place)) left.push(item);
  });
}

/** Places of items that match, each level of keys within the gaps that the stricter one left. */
function matchItems(before: readonly Item[], after: readonly Item[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let gaps: readonly Gap[] = [{ from: [0, 0], to: [before.length, after.length] }];
  for (let level = 0; level < keyLevels; level++) {
    const keysIn = (items: readonly Item[], from: number, to: number): readonly number[] =>
      items.slice(from, to).map(({ keys }) => keys[level] ?? -1);
    gaps = gaps.flatMap((gap) => {
      const { from, to } = gap;
      const found = align(keysIn(before, from[0], to[0]), keysIn(after, from[1], to[1])).map(
        ([first, second]): Pair => [first + from[0], second + from[1]],
      );
      for (const pair of found) pairs.push(pair);
      return gapsBetween(gap, found);
    });
  }
  return pairs;
}

/** A stretch of either list. */
interface Gap {
  readonly from: Pair;
  readonly to: Pair;
}

/** What lies between matches; where one side is empty nothing is left to match. */
function gapsBetween({ from, to }: Gap, pairs: readonly Pair[]): readonly Gap[] {
  const gaps: Gap[] = [];
  let begin = from;
  for (const end of [...pairs, to]) {
    if (begin[0] < end[0] && begin[1] < end[1]) gaps.push({ from: begin, to: end });
    begin = [end[0] + 1, end[1] + 1];
  }
  return gaps;
}

function inverse<T>(matched: ReadonlyMap<T, T>): ReadonlyMap<T, T> {
  return new Map([...matched].map(([one, other]) => [other, one]));
}
