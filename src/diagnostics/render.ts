import pc from 'picocolors';
import type { Diagnostic } from './diagnostic.js';
import { escapeForTerminal } from './escape.js';
import { lastLineOf, renderSnippet, type Mark } from './snippet.js';
import { sortDiagnostics } from './sort.js';
import { placeText } from './source.js';
import { trailLines } from './trail.js';

/** How messages are shown. */
export interface RenderOptions {
  readonly color?: boolean;
  /** How many at most; the rest is counted. */
  readonly limit?: number;
  /** How many columns a line of source takes with its number; a longer one is cut around what is pointed at. */
  readonly width?: number;
}

type Colors = ReturnType<typeof pc.createColors>;

/** All messages as text for people, by file and place, an empty line between them. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  const { color = false, limit = 100, width = 160 } = options;
  const colors = pc.createColors(color);
  const shown = sortDiagnostics(diagnostics)
    .slice(0, limit)
    .map((diagnostic) => renderOne(diagnostic, colors, width));
  const rest = diagnostics.length - shown.length;
  const more = rest > 0 ? [`and ${String(rest)} more\n`] : [];
  return [...shown, ...more].join('\n');
}

/** Less than this of a line shows nothing. */
const fewestColumns = 20;

function renderOne(diagnostic: Diagnostic, colors: Colors, width: number): string {
  const { severity, code, message, help } = diagnostic;
  const accent = severity === 'error' ? colors.red : colors.yellow;
  const head = `${colors.bold(accent(`${severity}[${code}]`))}${colors.bold(`: ${escapeForTerminal(message)}`)}`;
  const marks = marksOf(diagnostic);
  const gutter = String(lastLineOf(marks)).length;
  const columns = Math.max(fewestColumns, width - gutter - ' │ '.length);
  const margin = ' '.repeat(gutter);
  const snippets = [...new Set(marks.map(({ span }) => span.source))].flatMap((source, place) => {
    const own = marks.filter(({ span }) => span.source === source);
    const where = own[0] === undefined ? source.name : placeText(own[0].span);
    const corner = `${margin} ${colors.blue(place === 0 ? '┌─' : '├─')} ${escapeForTerminal(where)}`;
    // A file that could not be read has no line to show.
    if (source.text === '') return [corner];
    return [corner, ...renderSnippet(source, own, { gutter, columns, accent, quiet: colors.blue })];
  });
  const notes = [
    ...trailLines(diagnostic.trail),
    ...(help === undefined ? [] : [`${colors.bold('help')}: ${escapeForTerminal(help)}`]),
  ].map((note) => `${margin} ${colors.blue('=')} ${note}`);
  return `${[head, ...snippets, ...notes].join('\n')}\n`;
}

/** The place of the message first, so that it names each file's line. */
function marksOf({ span, label, related }: Diagnostic): readonly [Mark, ...Mark[]] {
  return [
    { span, label: label ?? '', isPrimary: true },
    ...related.map((other) => ({ span: other.span, label: other.label, isPrimary: false })),
  ];
}
