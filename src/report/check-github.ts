import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { escapeForAnnotation, escapeForAnnotationProperty } from '../diagnostics/escape.js';
import { placeText, positionOf } from '../diagnostics/source.js';
import { shownOf, type CheckResult } from './checked.js';
import { checkSummary, counted } from './check-text.js';
import { textAtLineStart } from './line-start.js';

/**
 * A check as workflow commands of GitHub Actions, which it shows at the places in the change. It shows so many of a level
 * for one step; the others stand in the log as plain lines, and a notice counts them.
 */
export function checkGithub(checked: CheckResult): string {
  const left = { error: annotationsShown, warning: annotationsShown };
  const hidden = { error: 0, warning: 0 };
  const { diagnostics, omitted } = shownOf(checked);
  const lines = diagnostics.map((diagnostic) => {
    const { severity } = diagnostic;
    left[severity] -= 1;
    if (left[severity] >= 0) return annotation(diagnostic);
    hidden[severity] += 1;
    return plainLine(diagnostic);
  });
  const rest = [
    ...(hidden.error > 0 ? [counted(hidden.error, 'more error')] : []),
    ...(hidden.warning > 0 ? [counted(hidden.warning, 'more warning')] : []),
  ];
  const notice =
    rest.length === 0
      ? []
      : [
          `::notice title=cnnc::${rest.join(' and ')} in the log: GitHub shows ${String(annotationsShown)} of a level for a step\n`,
        ];
  const unlisted = omitted > 0 ? [`and ${String(omitted)} more\n`] : [];
  return [...lines, ...notice, ...unlisted, checkSummary(checked)].join('');
}

/** How many annotations of a level GitHub shows for one step. */
const annotationsShown = 10;

function annotation({ code, severity, message, span, help }: Diagnostic): string {
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

function plainLine({ code, severity, message, span }: Diagnostic): string {
  return `${textAtLineStart(`${placeText(span)}: ${severity}[${code}]: ${message}`)}\n`;
}
