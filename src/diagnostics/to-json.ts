import type { Diagnostic } from './diagnostic.js';
import { positionOf, type Position, type Span } from './source.js';

/** A place as machines read it. */
export interface JsonRange {
  readonly start: Position;
  readonly end: Position;
}

/** A diagnostic as `cnnc check --format json` gives it. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly file: string;
  readonly range: JsonRange;
  readonly label?: string;
  readonly related: readonly { readonly file: string; readonly range: JsonRange; readonly label: string }[];
  readonly help?: string;
  readonly fix?: { readonly file: string; readonly range: JsonRange; readonly text: string };
  readonly trail: readonly { readonly text: string; readonly file: string; readonly range: JsonRange }[];
}

/** Turns a diagnostic into plain data with lines and columns. */
export function diagnosticToJson(diagnostic: Diagnostic): JsonDiagnostic {
  const { code, severity, message, span, label, related, help, fix, trail } = diagnostic;
  return {
    code,
    severity,
    message,
    ...placeOf(span),
    ...(label === undefined ? {} : { label }),
    related: related.map((other) => ({ ...placeOf(other.span), label: other.label })),
    ...(help === undefined ? {} : { help }),
    ...(fix === undefined ? {} : { fix: { ...placeOf(fix.span), text: fix.text } }),
    trail: trail.map((step) => ({ text: step.text, ...placeOf(step.span) })),
  };
}

function placeOf(span: Span): { readonly file: string; readonly range: JsonRange } {
  const { source, start, end } = span;
  return { file: source.name, range: { start: positionOf(source, start), end: positionOf(source, end) } };
}
