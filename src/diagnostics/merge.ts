import type { Diagnostic } from './diagnostic.js';
import { sortDiagnostics } from './sort.js';
import type { Source } from './source.js';

/** One message for a mistake that was met several times, in the order of the files and of the places in them. */
export function mergeDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<Source, Set<string>>();
  const kept = diagnostics.filter(({ code, span }) => {
    const keys = seen.get(span.source) ?? new Set();
    seen.set(span.source, keys);
    const key = `${code} ${String(span.start)} ${String(span.end)}`;
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
  return sortDiagnostics(kept);
}
