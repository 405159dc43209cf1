import type { Diagnostic } from './diagnostic.js';
import type { Source } from './source.js';

/** One message for a mistake that was met several times, in the order of the files and of the places in them. */
export function mergeDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const order = new Map<Source, number>();
  const seen = new Map<Source, Set<string>>();
  const kept = diagnostics.filter(({ code, span }) => {
    if (!order.has(span.source)) order.set(span.source, order.size);
    const keys = seen.get(span.source) ?? new Set();
    seen.set(span.source, keys);
    const key = `${code} ${String(span.start)} ${String(span.end)}`;
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
  const placeOf = ({ span }: Diagnostic): number => order.get(span.source) ?? 0;
  return kept.sort(
    (a, b) => placeOf(a) - placeOf(b) || a.span.start - b.span.start || a.span.end - b.span.end,
  );
}
