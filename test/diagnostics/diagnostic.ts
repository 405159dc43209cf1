import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { makeSource, spanOf, type Source, type Span } from '../../src/diagnostics/source.js';

/** A diagnostic with what a test is about; the rest is of no account. */
export function diagnostic(span: Span, more: Partial<Diagnostic> = {}): Diagnostic {
  return { code: 'some-code', severity: 'error', message: 'a fact', span, related: [], trail: [], ...more };
}

/** The span of the first occurrence of some text. */
export function find(source: Source, text: string): Span {
  const start = source.text.indexOf(text);
  if (start < 0) throw new Error(`the source doesn't hold ${text}`);
  return spanOf(source, start, start + text.length);
}

/** A source of some lines, the last one ended. */
export function lines(...texts: readonly string[]): Source {
  return makeSource('net.cnn', texts.map((text) => `${text}\n`).join(''));
}
