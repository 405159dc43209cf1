/** The number that draws the random values of one layer in one step of a run. */
export function layerSeed(seed: number, step: number, path: string): number {
  let hash = mixIn(mixIn(offset, seed), step);
  for (let place = 0; place < path.length; place += 1) hash = mixIn(hash, path.charCodeAt(place));
  return hash;
}

const offset = 0x811c9dc5;

/** One step of FNV-1a, on 32 bits at a time. */
function mixIn(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193) >>> 0;
}
