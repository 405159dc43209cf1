import type { OurUnit } from './our-units.js';
import type { TheirUnit } from './their-units.js';

/** Layers of a file and of a model that are alike. */
export interface Alike {
  readonly theirs: readonly TheirUnit[];
  readonly ours: readonly OurUnit[];
}

/**
 * Divides layers that are alike by how deep their names are nested, where a file has as many of each depth as a model, the
 * shallowest first: `bn1` and four of `layer1.0.bn1` are `bn1` and four of `basic1.bn1`.
 */
export function divideByDepth(alike: Alike): readonly Alike[] {
  const theirs = byDepth(alike.theirs, ({ prefix }) => prefix);
  const ours = byDepth(alike.ours, ({ path }) => path);
  const sizes = (groups: readonly (readonly unknown[])[]): string =>
    groups.map(({ length }) => length).join();
  if (sizes(theirs) !== sizes(ours)) return [alike];
  return theirs.map((units, place) => ({ theirs: units, ours: ours[place] ?? [] }));
}

function byDepth<Unit>(units: readonly Unit[], nameOf: (unit: Unit) => string): readonly (readonly Unit[])[] {
  const depths = new Map<number, Unit[]>();
  for (const unit of units) {
    const depth = nameOf(unit).split(/[./]/).length;
    const group = depths.get(depth);
    if (group === undefined) depths.set(depth, [unit]);
    else group.push(unit);
  }
  return [...depths].sort(([one], [other]) => one - other).map(([, group]) => group);
}
