import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { firstPlace } from '../../diagnostics/first-place.js';
import type { Source } from '../../diagnostics/source.js';
import type { Ignore } from './ignore.js';

/** The diagnostics that no comment silences. */
export function silence(
  diagnostics: readonly Diagnostic[],
  ignores: readonly Ignore[],
): readonly Diagnostic[] {
  if (ignores.length === 0) return diagnostics;
  const warnings = warningsByPlace(diagnostics);
  const silenced = new Set<Diagnostic>();
  // A comment may reach into what another one reaches: each warning is looked at once for each code and comment around it.
  for (const ignore of ignores) {
    const { list, from } = reachedBy(ignore, warnings);
    for (let place = from; isReached(list[place], ignore); place += 1) {
      const found = list[place];
      if (found !== undefined) silenced.add(found);
    }
  }
  return diagnostics.filter((found) => !silenced.has(found));
}

/** The comments that silence none of the diagnostics. */
export function unusedIgnores(
  ignores: readonly Ignore[],
  diagnostics: readonly Diagnostic[],
): readonly Ignore[] {
  const warnings = warningsByPlace(diagnostics);
  return ignores.filter((ignore) => {
    const { list, from } = reachedBy(ignore, warnings);
    return !isReached(list[from], ignore);
  });
}

/** The warnings of every source and code, in the order of the text. */
type Warnings = ReadonlyMap<Source, ReadonlyMap<string, readonly Diagnostic[]>>;

function warningsByPlace(diagnostics: readonly Diagnostic[]): Warnings {
  const warnings = new Map<Source, Map<string, Diagnostic[]>>();
  for (const found of diagnostics) {
    if (found.severity !== 'warning') continue;
    const ofSource = warnings.get(found.span.source) ?? new Map<string, Diagnostic[]>();
    warnings.set(found.span.source, ofSource);
    const ofCode = ofSource.get(found.code) ?? [];
    ofSource.set(found.code, ofCode);
    ofCode.push(found);
  }
  for (const ofSource of warnings.values()) {
    for (const ofCode of ofSource.values()) ofCode.sort((a, b) => a.span.start - b.span.start);
  }
  return warnings;
}

/** The warnings of a comment's code, and the place of the first that begins in its reach or behind it. */
function reachedBy(
  { code, reach }: Ignore,
  warnings: Warnings,
): { readonly list: readonly Diagnostic[]; readonly from: number } {
  const list = warnings.get(reach.source)?.get(code) ?? [];
  return { list, from: firstPlace(list, ({ span }) => span.start >= reach.start) };
}

function isReached(found: Diagnostic | undefined, { reach }: Ignore): boolean {
  return found !== undefined && found.span.start < reach.end;
}
