import stringWidth from 'string-width';
import { escapeForTerminal } from './escape.js';
import { lineStarts, positionOf, type Source, type Span } from './source.js';

/** A stretch of a text that a message points at. */
export interface Mark {
  readonly span: Span;
  readonly label: string;
  readonly isPrimary: boolean;
}

/** How a snippet is drawn. */
export interface SnippetStyle {
  /** The width of the line numbers. */
  readonly width: number;
  readonly accent: (text: string) => string;
  readonly quiet: (text: string) => string;
}

/** A line longer than this is cut around what is pointed at. */
const maximumLine = 160;
const tab = '    ';

/** The lines that marks of one source stand on, each with its marks below; what lies between is left out. */
export function renderSnippet(marks: readonly Mark[], style: SnippetStyle): readonly string[] {
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) {
    const { line } = positionOf(mark.span.source, mark.span.start);
    const known = byLine.get(line);
    if (known === undefined) byLine.set(line, [mark]);
    else known.push(mark);
  }
  const rendered: string[] = [];
  let previous: number | undefined;
  for (const line of [...byLine.keys()].sort((a, b) => a - b)) {
    const own = byLine.get(line) ?? [];
    const source = own[0]?.span.source;
    if (source === undefined) continue;
    if (previous !== undefined && line === previous + 2)
      rendered.push(...renderLine(source, previous + 1, [], style));
    else if (previous !== undefined && line > previous + 2)
      rendered.push(`${' '.repeat(style.width)} ${style.quiet('·')}`);
    rendered.push(...renderLine(source, line, own, style));
    previous = line;
  }
  return rendered;
}

function renderLine(
  source: Source,
  line: number,
  marks: readonly Mark[],
  style: SnippetStyle,
): readonly string[] {
  const start = lineStarts(source)[line - 1] ?? 0;
  const whole = lineText(source, line);
  const places = marks.map((mark) => columnsOf(mark.span, start, whole.length));
  const cut = cutAround(whole, places[0]?.from ?? 0);
  const bar = style.quiet('│');
  const number = String(line).padStart(style.width);
  const text = `${style.quiet(number)} ${bar} ${visible(cut.text)}`.trimEnd();
  const order = marks
    .map((_, place) => place)
    .sort((a, b) => (places[a]?.from ?? 0) - (places[b]?.from ?? 0));
  const below = order.map((place) => {
    const mark = marks[place];
    const columns = places[place];
    if (mark === undefined || columns === undefined) return '';
    const before = widthOf(cut.text.slice(0, Math.max(0, columns.from - cut.offset)));
    const under = widthOf(
      cut.text.slice(Math.max(0, columns.from - cut.offset), Math.max(0, columns.to - cut.offset)),
    );
    const line = (mark.isPrimary ? '^' : '-').repeat(Math.max(1, under));
    const label = mark.label === '' ? '' : ` ${escapeForTerminal(mark.label)}`;
    const color = mark.isPrimary ? style.accent : style.quiet;
    return `${' '.repeat(style.width)} ${bar} ${' '.repeat(before)}${color(`${line}${label}`)}`;
  });
  return [text, ...below];
}

/** The text of a line without what ends it. */
function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  const start = starts[line - 1] ?? 0;
  const end = starts[line] ?? source.text.length;
  return source.text.slice(start, end).replace(/[\r\n]+$/, '');
}

/** A span over several lines is marked to the end of its first one. */
function columnsOf(
  span: Span,
  lineStart: number,
  length: number,
): { readonly from: number; readonly to: number } {
  const from = Math.min(span.start - lineStart, length);
  return { from, to: Math.max(from, Math.min(span.end - lineStart, length)) };
}

function cutAround(text: string, column: number): { readonly text: string; readonly offset: number } {
  if (text.length <= maximumLine) return { text, offset: 0 };
  const offset = Math.max(0, column - Math.floor(maximumLine / 3));
  return { text: text.slice(offset, offset + maximumLine), offset };
}

function visible(text: string): string {
  return escapeForTerminal(text).replaceAll('\t', tab);
}

/** Columns of a terminal, wide characters and tabs as they are shown. */
function widthOf(text: string): number {
  return stringWidth(visible(text));
}
