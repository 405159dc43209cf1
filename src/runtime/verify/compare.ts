import type { LayerDifference, RunnerDifferences } from '../../report/verification.js';
import type { LayerValues } from './runner.js';

/** Holds what a runner gives for the layers at these paths, in this order, against the reference. */
export function compareValues(
  paths: readonly string[],
  reference: LayerValues,
  other: { readonly name: string; readonly values: LayerValues },
  tolerance: number,
): RunnerDifferences {
  const layers = paths.flatMap((path) => {
    const [expected, given] = [reference.get(path), other.values.get(path)];
    return expected === undefined || given === undefined ? [] : [differenceOf(path, expected, given)];
  });
  const [largest] = layers.toSorted((one, another) => another.relative - one.relative);
  const departs = layers.find(({ relative }) => relative > tolerance);
  return { name: other.name, layers, largest, departs };
}

/** Values that are no numbers differ infinitely from all but their like, as do arrays of another length. */
function differenceOf(path: string, expected: Float32Array, given: Float32Array): LayerDifference {
  if (expected.length !== given.length) return { path, difference: Infinity, relative: Infinity };
  let [difference, magnitude] = [0, 0];
  for (let place = 0; place < expected.length; place += 1) {
    const [one = 0, other = 0] = [expected[place], given[place]];
    if (Number.isFinite(one)) magnitude = Math.max(magnitude, Math.abs(one));
    if (Object.is(one, other)) continue;
    const apart = Math.abs(one - other);
    difference = Math.max(difference, Number.isNaN(apart) ? Infinity : apart);
  }
  // Where all is zero there is nothing to measure by.
  return { path, difference, relative: magnitude === 0 ? difference : difference / magnitude };
}
