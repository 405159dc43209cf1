/** One text that was read, with the name that messages show for it. */
export interface Source {
  readonly kind: 'source';
  /** What messages print before `:line:column`, a path relative to the project's root or `<stdin>`. */
  readonly name: string;
  /** The decoded text without a byte order mark; every offset counts UTF-16 units of this text. */
  readonly text: string;
}

/** A stretch of one source, `start` included and `end` excluded, in UTF-16 units. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A place for people: both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Makes a source; the text must be without a byte order mark. */
export function makeSource(name: string, text: string): Source {
  return { kind: 'source', name, text };
}

/** Makes a span. */
export function spanOf(source: Source, start: number, end: number): Span {
  return { source, start, end };
}

/** The smallest span that holds both, which must lie in one source. */
export function joinSpans(first: Span, last: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}

/** The text that a span covers. */
export function textOf(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

/** The offset at which every line begins; LF, CR LF and CR end a line. Computed once a source, when a message needs it. */
export function lineStarts(source: Source): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  const ends = /\r\n|\n|\r/g;
  while (ends.exec(source.text) !== null) starts.push(ends.lastIndex);
  lineStartsOf.set(source, starts);
  return starts;
}

/** The offset at which the text of a line, counted from 1, ends: that of the line end behind it. */
export function endOfLine(source: Source, line: number): number {
  const starts = lineStarts(source);
  const next = starts[line];
  if (next === undefined) return source.text.length;
  return source.text.startsWith('\r\n', next - 2) ? next - 2 : next - 1;
}

/** The line and column of an offset. */
export function positionOf(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
}

/** Where a span begins, as messages name it: `file:line:column`. */
export function placeText({ source, start }: Span): string {
  const { line, column } = positionOf(source, start);
  return `${source.name}:${String(line)}:${String(column)}`;
}
