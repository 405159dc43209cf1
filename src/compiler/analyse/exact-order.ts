import type { Region } from './regions.js';

/** What a search found, and how many sets of nodes it looked at. */
export interface Search {
  /** Absent where it was given up. */
  readonly order: Int32Array | undefined;
  readonly tried: number;
}

/** Some nodes that have run, and the way there with the least largest sum. */
interface State {
  readonly done: bigint;
  readonly held: number;
  /** The most that was held on the way. */
  readonly peak: number;
  readonly last: readonly number[];
  readonly from: State | undefined;
}

/**
 * The order of a region whose largest sum is the least: a shortest way (Dijkstra's, with the largest sum as the length) over
 * the sets of nodes that have run. A node that takes no memory runs as soon as it can: waiting saves nothing.
 */
export function exactOrder(region: Region, limit: number): Search {
  const count = region.ids.length;
  if (count > mostNodes) return { order: undefined, tried: 0 };
  const everything = (1n << BigInt(count)) - 1n;
  const masks = region.before.map((places) => places.reduce((mask, place) => mask | bit(place), 0n));
  const bits = region.before.map((_, place) => bit(place));
  const takeNothing = Array.from(bits.keys()).filter((place) => region.takes(place) === 0);
  const users = usersOf(region);
  const queue = openQueue();
  const settled = new Set<bigint>();
  queue.push(withFreeOnes({ done: 0n, held: region.begin().held(), peak: 0, last: [], from: undefined }));
  for (let tried = 0; tried < limit; tried += 1) {
    const state = queue.pop();
    if (state === undefined) break;
    if (state.done === everything) return { order: wayTo(region, state), tried };
    if (settled.has(state.done)) continue;
    settled.add(state.done);
    for (let place = 0; place < count; place += 1) {
      if (!isReady(state.done, place)) continue;
      const next = withFreeOnes(after(state, [place]));
      if (!settled.has(next.done)) queue.push(next);
    }
  }
  return { order: undefined, tried: limit };

  function isReady(done: bigint, place: number): boolean {
    const needed = masks[place] ?? 0n;
    return (done & (bits[place] ?? 0n)) === 0n && (done & needed) === needed;
  }

  function after(state: State, places: readonly number[]): State {
    let { done, held, peak } = state;
    for (const place of places) {
      held += region.takes(place);
      peak = Math.max(peak, held);
      done |= bit(place);
      for (const stretch of region.uses[place] ?? []) {
        const one = region.stretches[stretch];
        if (one?.lasts === false && (done & (users[stretch] ?? 0n)) === users[stretch]) held -= one.bytes;
      }
    }
    return { done, held, peak, last: places, from: state };
  }

  function withFreeOnes(state: State): State {
    const free: number[] = [];
    let { done } = state;
    for (const place of takeNothing) {
      if (!isReady(done, place)) continue;
      free.push(place);
      done |= bit(place);
    }
    return free.length === 0 ? state : after(state, free);
  }
}

/** Beyond this many nodes between two cuts the sets are too many in any case. */
const mostNodes = 64;

function bit(place: number): bigint {
  return 1n << BigInt(place);
}

function usersOf({ uses, stretches }: Region): readonly bigint[] {
  const users = stretches.map(() => 0n);
  uses.forEach((used, place) => {
    for (const stretch of used) users[stretch] = (users[stretch] ?? 0n) | bit(place);
  });
  return users;
}

function wayTo({ ids }: Region, end: State): Int32Array {
  const places: number[] = [];
  for (let state: State | undefined = end; state !== undefined; state = state.from) {
    places.push(...state.last.toReversed());
  }
  return Int32Array.from(places.reverse(), (place) => ids[place] ?? -1);
}

interface Queue {
  push(state: State): void;
  pop(): State | undefined;
}

/** A binary heap: the least peak first, of equals the one that holds less. */
function openQueue(): Queue {
  const heap: State[] = [];
  const isBefore = (one: State, other: State): boolean =>
    one.peak === other.peak ? one.held < other.held : one.peak < other.peak;
  const swapIfBefore = (child: number, parent: number): boolean => {
    const [below, above] = [heap[child], heap[parent]];
    if (below === undefined || above === undefined || !isBefore(below, above)) return false;
    heap[child] = above;
    heap[parent] = below;
    return true;
  };
  return {
    push(state) {
      heap.push(state);
      let child = heap.length - 1;
      while (child > 0 && swapIfBefore(child, (child - 1) >> 1)) child = (child - 1) >> 1;
    },
    pop() {
      const [top] = heap;
      const last = heap.pop();
      if (top === undefined || last === undefined || heap.length === 0) return top;
      heap[0] = last;
      let parent = 0;
      for (;;) {
        const [left, right] = [heap[2 * parent + 1], heap[2 * parent + 2]];
        const isRight = left !== undefined && right !== undefined && isBefore(right, left);
        const child = 2 * parent + (isRight ? 2 : 1);
        if (!swapIfBefore(child, parent)) return top;
        parent = child;
      }
    },
  };
}
