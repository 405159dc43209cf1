import type { Pair } from './pair.js';
import { shortestEdit } from './shortest-edit.js';

/**
 * Finds items that two lists have in common, in the same order: what both begin and end with, then items that are unique
 * in both (patience diff), then the shortest edit between those. Takes about linear time, whatever the lists hold.
 */
export function align(before: readonly number[], after: readonly number[]): readonly Pair[] {
  const first = placesOf(before, new Set(after));
  const second = placesOf(after, new Set(before));
  const lists: Lists = { before: first.keys, after: second.keys };
  const pairs: Pair[] = [];
  const open: Stretch[] = [{ from: [0, 0], to: [first.keys.length, second.keys.length], depth: 0 }];
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    const inner = withoutEnds(lists, stretch, pairs);
    const anchors = inner.depth < deepest ? anchorsIn(lists, inner) : [];
    // One by one, for a list may be too long to be spread as arguments.
    for (const pair of anchors.length === 0 ? editIn(lists, inner) : anchors) pairs.push(pair);
    if (anchors.length > 0) for (const part of betweenAnchors(inner, anchors)) open.push(part);
  }
  return pairs
    .sort(([one], [other]) => one - other)
    .map(([one, other]) => [first.places[one] ?? -1, second.places[other] ?? -1]);
}

/** Each level of anchors is one more walk over the list; deeper ones are so rare that the edit finds what is left. */
const deepest = 32;

interface Lists {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

interface Stretch {
  readonly from: Pair;
  readonly to: Pair;
  readonly depth: number;
}

/** The items that the other list has too, and where they stand. */
function placesOf(
  keys: readonly number[],
  others: ReadonlySet<number>,
): { readonly keys: readonly number[]; readonly places: readonly number[] } {
  const places = Array.from(keys.keys()).filter((place) => others.has(keys[place] ?? -1));
  return { keys: places.map((place) => keys[place] ?? -1), places };
}

function withoutEnds({ before, after }: Lists, { from, to, depth }: Stretch, pairs: Pair[]): Stretch {
  let [first, second] = from;
  let [firstEnd, secondEnd] = to;
  while (first < firstEnd && second < secondEnd && before[first] === after[second])
    pairs.push([first++, second++]);
  while (first < firstEnd && second < secondEnd && before[firstEnd - 1] === after[secondEnd - 1])
    pairs.push([--firstEnd, --secondEnd]);
  return { from: [first, second], to: [firstEnd, secondEnd], depth };
}

/** Items that stand once in either stretch: the longest sequence of them that has one order in both. */
function anchorsIn({ before, after }: Lists, { from, to }: Stretch): readonly Pair[] {
  const firstPlaces = uniquePlaces(before, from[0], to[0]);
  const secondPlaces = uniquePlaces(after, from[1], to[1]);
  const shared: Pair[] = [];
  for (const [key, place] of firstPlaces) {
    const other = secondPlaces.get(key);
    if (place !== undefined && other !== undefined) shared.push([place, other]);
  }
  return longestRise(shared.sort(([one], [other]) => one - other));
}

function uniquePlaces(keys: readonly number[], from: number, to: number): Map<number, number | undefined> {
  const places = new Map<number, number | undefined>();
  for (let place = from; place < to; place++) {
    const key = keys[place] ?? -1;
    places.set(key, places.has(key) ? undefined : place);
  }
  return places;
}

/** The longest part of the pairs whose second places rise, by piles of cards (Fredman 1975). */
function longestRise(pairs: readonly Pair[]): readonly Pair[] {
  const tops: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, place], index) => {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? -1]?.[1] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = tops[low - 1] ?? -1;
    tops[low] = index;
  });
  const rise: Pair[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) rise.push(pair);
  }
  return rise.reverse();
}

function editIn({ before, after }: Lists, { from, to }: Stretch): readonly Pair[] {
  const edit = shortestEdit(before.slice(from[0], to[0]), after.slice(from[1], to[1]));
  return edit.map(([first, second]) => [first + from[0], second + from[1]]);
}

function betweenAnchors({ from, to, depth }: Stretch, anchors: readonly Pair[]): readonly Stretch[] {
  const ends = [...anchors, to];
  return ends.map((end, place): Stretch => {
    const anchor = anchors[place - 1];
    const begin: Pair = anchor === undefined ? from : [anchor[0] + 1, anchor[1] + 1];
    return { from: begin, to: end, depth: depth + 1 };
  });
}
