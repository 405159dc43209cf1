import type { Pair } from './pair.js';

/**
 * The items that a shortest edit of one list into the other keeps (Myers 1986, the greedy algorithm). Where two lists differ in very much,
 * the way that got farthest is taken and the search begins anew behind it, so that the time stays linear.
 */
export function shortestEdit(before: readonly number[], after: readonly number[]): readonly Pair[] {
  const kept: Pair[] = [];
  let start: Pair = [0, 0];
  while (start[0] < before.length && start[1] < after.length) {
    const search = searchFrom(before, after, start);
    for (const pair of keptBy(search, start)) kept.push(pair);
    start = search.end;
  }
  return kept;
}

/** How many items an edit adds and removes before the search begins anew. */
const mostEdits = 200;

/** A search: how far each diagonal had got before each round, and where the way that is taken ends. */
interface Search {
  readonly rounds: readonly Int32Array[];
  readonly end: Pair;
}

/** Diagonals are numbered from `-mostEdits - 1` on; each holds how far its way has got in the first list. */
const middle = mostEdits + 1;

function searchFrom(before: readonly number[], after: readonly number[], [first, second]: Pair): Search {
  const [length, otherLength] = [before.length - first, after.length - second];
  const reach = new Int32Array(2 * middle + 1);
  const rounds: Int32Array[] = [];
  for (let edits = 0; edits <= mostEdits; edits++) {
    rounds.push(reach.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let place = stepTo(reach, diagonal, edits);
      while (
        place < length &&
        place - diagonal < otherLength &&
        before[first + place] === after[second + place - diagonal]
      )
        place++;
      reach[middle + diagonal] = place;
      if (place === length && place - diagonal === otherLength)
        return { rounds, end: [first + place, second + place - diagonal] };
    }
  }
  return { rounds, end: farthest(reach, [first, second], [length, otherLength]) };
}

/** Where a way on this diagonal begins its round: it came down from the diagonal above, or one item along from the other. */
function stepTo(reach: Int32Array, diagonal: number, edits: number): number {
  if (edits === 0) return 0;
  const along = (reach[middle + diagonal - 1] ?? 0) + 1;
  return isFromAbove(reach, diagonal, edits) ? (reach[middle + diagonal + 1] ?? 0) : along;
}

function isFromAbove(reach: Int32Array, diagonal: number, edits: number): boolean {
  if (diagonal === -edits || diagonal === edits) return diagonal === -edits;
  return (reach[middle + diagonal - 1] ?? 0) < (reach[middle + diagonal + 1] ?? 0);
}

function farthest(reach: Int32Array, [first, second]: Pair, [length, otherLength]: Pair): Pair {
  let best: Pair = [0, 0];
  for (let diagonal = -mostEdits; diagonal <= mostEdits; diagonal += 2) {
    const place = reach[middle + diagonal] ?? 0;
    const other = place - diagonal;
    const isInside = place <= length && other >= 0 && other <= otherLength;
    if (isInside && place + other > best[0] + best[1]) best = [place, other];
  }
  return [first + best[0], second + best[1]];
}

/** Walks a way back from its end; whatever it passes on a diagonal is kept. */
function keptBy({ rounds, end }: Search, [first, second]: Pair): readonly Pair[] {
  const kept: Pair[] = [];
  let [place, other] = [end[0] - first, end[1] - second];
  for (let edits = rounds.length - 1; edits >= 0; edits--) {
    const reach = rounds[edits] ?? new Int32Array(0);
    const diagonal = place - other;
    const begin = stepTo(reach, diagonal, edits);
    while (place > begin) kept.push([first + --place, second + --other]);
    const isDown = isFromAbove(reach, diagonal, edits);
    if (edits > 0) [place, other] = isDown ? [begin, begin - diagonal - 1] : [begin - 1, begin - diagonal];
  }
  return kept.reverse();
}
