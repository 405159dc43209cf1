import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { escapeForAnnotation, escapeForAnnotationProperty } from '../diagnostics/escape.js';
import { positionOf } from '../diagnostics/source.js';

/** A diagnostic as a workflow command of GitHub Actions: one line, which it shows at the place in the change. */
export function diagnosticGithub({ code, severity, message, span, help }: Diagnostic): string {
  const start = positionOf(span.source, span.start);
  const end = positionOf(span.source, span.end);
  const properties = {
    file: span.source.name,
    line: String(start.line),
    col: String(start.column),
    endLine: String(end.line),
    endColumn: String(end.column),
    title: code,
  };
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeForAnnotationProperty(value)}`,
  );
  const text = help === undefined ? message : `${message}\nhelp: ${help}`;
  return `::${severity} ${list.join(',')}::${escapeForAnnotation(text)}\n`;
}
