import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Source } from '../../diagnostics/source.js';
import type { Reference } from './context.js';
import type { Declaration } from './declarations.js';

/**
 * The declarations in which an error stands, and those that lead to one of them: what is made of these is incomplete.
 * `order` has each declaration behind those that it refers to.
 */
export function unsoundDeclarations(
  order: readonly Declaration[],
  references: ReadonlyMap<Declaration, readonly Reference[]>,
  diagnostics: readonly Diagnostic[],
): ReadonlySet<Declaration> {
  const places = errorPlaces(diagnostics);
  const unsound = new Set<Declaration>();
  for (const declaration of order) {
    const { source, start, end } = declaration.tree.span;
    const leadsToOne = (references.get(declaration) ?? []).some(({ to }) => unsound.has(to));
    if (leadsToOne || hasBetween(places.get(source) ?? [], start, end)) unsound.add(declaration);
  }
  return unsound;
}

/** Where errors begin, in order, by file. */
function errorPlaces(diagnostics: readonly Diagnostic[]): ReadonlyMap<Source, readonly number[]> {
  const places = new Map<Source, number[]>();
  for (const { severity, span } of diagnostics) {
    if (severity !== 'error') continue;
    const known = places.get(span.source);
    if (known === undefined) places.set(span.source, [span.start]);
    else known.push(span.start);
  }
  for (const starts of places.values()) starts.sort((a, b) => a - b);
  return places;
}

/** True where a sorted list has a number from `start` up to `end`. */
function hasBetween(sorted: readonly number[], start: number, end: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sorted[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const first = sorted[low];
  return first !== undefined && first <= end;
}
