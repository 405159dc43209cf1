import { escapeForTerminal } from './escape.js';
import { excerptOf, type Excerpt, type Stretch } from './excerpt.js';
import { endOfLine, lineStarts, positionOf, type Source, type Span } from './source.js';

/** A stretch of a text that a message points at. */
export interface Mark {
  readonly span: Span;
  readonly label: string;
  readonly isPrimary: boolean;
}

/** How a snippet is drawn. */
export interface SnippetStyle {
  /** The width of the line numbers. */
  readonly gutter: number;
  /** How many columns of a line are shown; a longer one is cut around what is pointed at. */
  readonly columns: number;
  readonly accent: (text: string) => string;
  readonly quiet: (text: string) => string;
}

/** The lines that marks of one source stand on, each with its marks below; what lies between is left out. */
export function renderSnippet(
  source: Source,
  marks: readonly Mark[],
  style: SnippetStyle,
): readonly string[] {
  const byLine = new Map<number, Underline[]>();
  for (const underline of marks.flatMap(underlinesOf)) {
    const known = byLine.get(underline.line);
    if (known === undefined) byLine.set(underline.line, [underline]);
    else known.push(underline);
  }
  let previous = Number.POSITIVE_INFINITY;
  return [...byLine.entries()]
    .sort(([one], [other]) => one - other)
    .flatMap(([line, underlines]) => {
      // A gap of one line is told by the numbers alone.
      const isFar = line > previous + 2;
      previous = line;
      const between = isFar ? [`${' '.repeat(style.gutter)} ${style.quiet('·')}`] : [];
      return [...between, ...renderLine(source, line, underlines, style)];
    });
}

/** The last line, counted from 1, that a snippet of these marks shows. */
export function lastLineOf(marks: readonly Mark[]): number {
  return Math.max(...marks.flatMap(underlinesOf).map(({ line }) => line));
}

/** What is drawn below a piece of one line. */
interface Underline extends Stretch {
  readonly line: number;
  readonly label: string;
  readonly isPrimary: boolean;
}

/** A mark over several lines is drawn below its first and its last one; the label stands at the last. */
function underlinesOf({ span, label, isPrimary }: Mark): readonly Underline[] {
  const { source, start, end } = span;
  const first = positionOf(source, start).line;
  const last = positionOf(source, Math.max(start, end - 1)).line;
  const on = (line: number, text: string): Underline => {
    const whole = lineText(source, line);
    const begin = lineStarts(source)[line - 1] ?? 0;
    const from = line === first ? start - begin : indentOf(whole);
    const to = line === last ? end - begin : whole.trimEnd().length;
    const isInside = from <= whole.length;
    return {
      line,
      from: isInside ? from : whole.length,
      to: Math.min(to, whole.length),
      label: text,
      isPrimary,
    };
  };
  return first === last ? [on(first, label)] : [on(first, ''), on(last, label)];
}

function lineText(source: Source, line: number): string {
  return source.text.slice(lineStarts(source)[line - 1] ?? 0, endOfLine(source, line));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** One line with its underlines; where a long line holds some that are far apart, it is shown once for each. */
function renderLine(
  source: Source,
  line: number,
  underlines: readonly Underline[],
  style: SnippetStyle,
): readonly string[] {
  const whole = lineText(source, line);
  const bar = style.quiet('│');
  const number = style.quiet(String(line).padStart(style.gutter));
  const rendered: string[] = [];
  let waiting = underlines.toSorted((one, other) => one.from - other.from);
  while (waiting[0] !== undefined) {
    const { from } = waiting[0];
    const excerpt = excerptOf(whole, from, style.columns);
    const isShown = (other: Underline): boolean =>
      other.from === from || other.from < excerpt.shown.to || excerpt.shown.to === whole.length;
    rendered.push(`${number} ${bar} ${excerpt.text}`.trimEnd());
    for (const underline of waiting.filter(isShown)) {
      rendered.push(`${' '.repeat(style.gutter)} ${bar} ${drawBelow(excerpt, underline, style)}`);
    }
    waiting = waiting.filter((underline) => !isShown(underline));
  }
  return rendered;
}

function drawBelow(excerpt: Excerpt, underline: Underline, style: SnippetStyle): string {
  const { from, to } = excerpt.columnsOf(underline);
  const line = (underline.isPrimary ? '^' : '-').repeat(to - from);
  const label = underline.label === '' ? '' : ` ${escapeForTerminal(underline.label)}`;
  const color = underline.isPrimary ? style.accent : style.quiet;
  return ' '.repeat(from) + color(`${line}${label}`);
}
