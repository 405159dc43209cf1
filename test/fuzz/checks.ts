import { compile, type CompileOptions } from '../../src/compiler/compile.js';
import { verifyGraph } from '../../src/compiler/ir/verify.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource, type Span } from '../../src/diagnostics/source.js';

// Whatever a text is, this holds of what is made of it; what does not is a mistake of ours.

/** Small limits: a mutated loop is stopped soon. */
const options: CompileOptions = { limits: { layers: 3_000 } };

/** Everything that a compilation breaks of its promises, a sentence each. */
export function brokenPromises(text: string): readonly string[] {
  const { models, diagnostics } = compile(makeSource('fuzz.cnn', text), options);
  const found: string[] = [];
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
  for (const { name, graph, assertions } of models) {
    if (graph === undefined && !hasErrors) found.push(`${name} has no graph, and nothing is wrong`);
    if (graph !== undefined) found.push(...verifyGraph(graph).map((sentence) => `${name}: ${sentence}`));
    if (!hasErrors && assertions.some(({ passed }) => !passed))
      found.push(`an assertion of ${name} fails in silence`);
  }
  found.push(...diagnostics.flatMap(brokenDiagnostic), ...repeatedDiagnostics(diagnostics));
  if (renderDiagnostics(diagnostics) === '' && diagnostics.length > 0) found.push('messages are not shown');
  return found;
}

function brokenDiagnostic({ code, message, span, related, trail, fix }: Diagnostic): readonly string[] {
  const spans = [
    span,
    ...related.map((other) => other.span),
    ...trail.map((step) => step.span),
    ...(fix === undefined ? [] : [fix.span]),
  ];
  const outside = spans
    .filter((other) => !isInside(other))
    .map(() => `a span of ${code} lies outside of its text`);
  const isPlain =
    message.length > 0 && !/undefined|\[object|NaN|Infinity/.test(message.replaceAll(/`[^`]*`/g, ''));
  return isPlain ? outside : [...outside, `the message of ${code} is ${JSON.stringify(message)}`];
}

function isInside({ source, start, end }: Span): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start >= 0 &&
    start <= end &&
    end <= source.text.length
  );
}

function repeatedDiagnostics(diagnostics: readonly Diagnostic[]): readonly string[] {
  const seen = new Set<string>();
  return diagnostics.flatMap(({ code, span }) => {
    const key = [span.source.name, code, span.start, span.end].join(' ');
    if (seen.has(key)) return [`${code} is reported twice at ${String(span.start)}`];
    seen.add(key);
    return [];
  });
}
