import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { fingerprint } from '../diagnostics/fingerprint.js';
import { endOfLine, lineStarts, positionOf } from '../diagnostics/source.js';

/**
 * What each problem is known by from one check to the next: its code, its file and the text of its line without
 * spaces, and which of several like it it is. Lines that come and go elsewhere in the file change nothing.
 */
export function fingerprintsOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  const seen = new Map<string, number>();
  return diagnostics.map((diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.span.source.name, lineTextOf(diagnostic)]);
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return fingerprint(new TextEncoder().encode(`${key} ${String(occurrence)}`));
  });
}

function lineTextOf({ span }: Diagnostic): string {
  const { source, start } = span;
  const { line } = positionOf(source, start);
  return source.text.slice(lineStarts(source)[line - 1] ?? 0, endOfLine(source, line)).replace(/\s+/g, '');
}
