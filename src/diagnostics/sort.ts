import type { Diagnostic } from './diagnostic.js';
import type { Source } from './source.js';

/** By file, in the order in which the files were met, then by place; what stands at one place keeps its order. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const order = new Map<Source, number>();
  for (const { span } of diagnostics) {
    if (!order.has(span.source)) order.set(span.source, order.size);
  }
  const fileOf = ({ span }: Diagnostic): number => order.get(span.source) ?? 0;
  return diagnostics.toSorted(
    (a, b) => fileOf(a) - fileOf(b) || a.span.start - b.span.start || a.span.end - b.span.end,
  );
}
