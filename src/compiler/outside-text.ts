import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { makeSource, type Source, type Span } from '../diagnostics/source.js';
import { parse, type Parsed } from '../parser/parse.js';

/** A text of the language that stands in no file of it, such as in a configuration, with what was read of it. */
export interface OutsideText {
  readonly source: Source;
  readonly parsed: Parsed;
  /** Moves what was found in the text to where it stands. */
  readonly moved: (found: Diagnostic) => Diagnostic;
}

/** Reads a text that stands at a place, between what makes a file of it. */
export function readOutsideText(
  text: string,
  place: Span,
  [lead, tail]: readonly [string, string],
): OutsideText {
  const source = makeSource(place.source.name, `${lead}${text}${tail}`);
  const isVerbatim = place.source.text.slice(place.start, place.end) === text;
  const shift = (offset: number): number =>
    Math.min(place.end, Math.max(place.start, offset - lead.length + place.start));
  const move = (span: Span): Span => {
    if (span.source !== source) return span;
    return isVerbatim ? { source: place.source, start: shift(span.start), end: shift(span.end) } : place;
  };
  return {
    source,
    parsed: parse(source),
    moved: ({ fix, ...found }) => ({
      ...found,
      span: move(found.span),
      related: found.related.map((other) => ({ ...other, span: move(other.span) })),
      ...(fix === undefined || !isVerbatim ? {} : { fix: { ...fix, span: move(fix.span) } }),
    }),
  };
}
