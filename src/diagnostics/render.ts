import pc from 'picocolors';
import type { Diagnostic, TrailStep } from './diagnostic.js';
import { escapeForTerminal } from './escape.js';
import { renderSnippet, type Mark } from './snippet.js';
import { positionOf, type Span } from './source.js';

/** How messages are shown. */
export interface RenderOptions {
  readonly color?: boolean;
  /** How many at most; the rest is counted. */
  readonly limit?: number;
}

type Colors = ReturnType<typeof pc.createColors>;

/** All messages as text for people, each followed by an empty line. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  const { color = false, limit = 100 } = options;
  const colors = pc.createColors(color);
  const shown = diagnostics.slice(0, limit).map((diagnostic) => renderOne(diagnostic, colors));
  const rest = diagnostics.length - shown.length;
  const more = rest > 0 ? [`and ${String(rest)} more\n`] : [];
  return [...shown, ...more].join('\n');
}

function renderOne(diagnostic: Diagnostic, colors: Colors): string {
  const { severity, code, message, span, related } = diagnostic;
  const accent = severity === 'error' ? colors.red : colors.yellow;
  const head = `${colors.bold(accent(`${severity}[${code}]`))}${colors.bold(`: ${escapeForTerminal(message)}`)}`;
  const marks: Mark[] = [
    { span, label: diagnostic.label ?? '', isPrimary: true },
    ...related.map((other) => ({ span: other.span, label: other.label, isPrimary: false })),
  ];
  const files = [...new Set(marks.map((mark) => mark.span.source))];
  const width = Math.max(
    ...marks.map((mark) => String(positionOf(mark.span.source, mark.span.end).line).length),
  );
  const gutter = ' '.repeat(width);
  const snippets = files.flatMap((source, place) => {
    const own = marks.filter((mark) => mark.span.source === source);
    const first = own.find((mark) => mark.isPrimary) ?? own[0];
    const where = first === undefined ? source.name : placeText(first.span);
    const corner = `${gutter} ${colors.blue(place === 0 ? '┌─' : '├─')} ${escapeForTerminal(where)}`;
    return [corner, ...renderSnippet(own, { width, accent, quiet: colors.blue })];
  });
  const notes = [
    ...trailLines(diagnostic.trail),
    ...(diagnostic.help === undefined
      ? []
      : [`${colors.bold('help')}: ${escapeForTerminal(diagnostic.help)}`]),
  ].map((note) => `${gutter} ${colors.blue('=')} ${note}`);
  return `${[head, ...snippets, ...notes].join('\n')}\n`;
}

function placeText(span: Span): string {
  const { line, column } = positionOf(span.source, span.start);
  return `${span.source.name}:${String(line)}:${String(column)}`;
}

/** How many calls are named at the most; what lies between is counted. */
const maximumSteps = 8;

/** One line a call, innermost first; the rounds of loops stand behind the call that they lie outside of. */
function trailLines(trail: readonly TrailStep[]): readonly string[] {
  const lines: string[] = [];
  for (const { text, span } of trail) {
    const isRound = text.includes(' round of `');
    const last = lines.at(-1);
    if (isRound && last !== undefined) lines[lines.length - 1] = `${last}, ${text}`;
    else
      lines.push(
        `in ${isRound ? `the ${text}` : escapeForTerminal(text)}, ${escapeForTerminal(placeText(span))}`,
      );
  }
  if (lines.length <= maximumSteps) return lines;
  const head = lines.slice(0, maximumSteps - 2);
  return [...head, `in ${String(lines.length - maximumSteps + 1)} calls more`, ...lines.slice(-1)];
}
