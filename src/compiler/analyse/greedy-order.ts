import type { Region } from './regions.js';

/**
 * An order that at each step runs, of the nodes that can, the one after which the least is held; of equals the one that
 * was written last among those a branch has begun with, so that a branch is finished before another begins.
 */
export function greedyOrder(region: Region): Int32Array {
  const { ids, before, after, uses, stretches } = region;
  const waiting = before.map((places) => places.length);
  const left = stretches.map(({ users }) => users);
  const ready = Array.from(ids.keys()).filter((place) => waiting[place] === 0);
  const order: number[] = [];
  while (ready.length > 0) {
    const [place = -1] = ready.splice(placeOfLeast(ready), 1);
    order.push(ids[place] ?? -1);
    for (const stretch of uses[place] ?? []) left[stretch] = (left[stretch] ?? 0) - 1;
    for (const next of after[place] ?? []) {
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0) ready.push(next);
    }
  }
  return Int32Array.from(order);

  /** Looks at the latest only where many could run, so that the work grows with the nodes. */
  function placeOfLeast(among: readonly number[]): number {
    let least = Number.POSITIVE_INFINITY;
    let found = among.length - 1;
    for (let index = among.length - 1; index >= Math.max(0, among.length - looksAt); index -= 1) {
      const grows = growth(among[index] ?? -1);
      if (grows >= least) continue;
      least = grows;
      found = index;
    }
    return found;
  }

  function growth(place: number): number {
    const freed = (uses[place] ?? []).reduce((sum, stretch) => {
      const one = stretches[stretch];
      return sum + (left[stretch] === 1 && one?.lasts === false ? one.bytes : 0);
    }, 0);
    return region.takes(place) - freed;
  }
}

const looksAt = 64;
