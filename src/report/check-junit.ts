import type { AssertionResult } from '../compiler/elaborate/assertions.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { renderDiagnostics } from '../diagnostics/render.js';
import { positionOf, type Span } from '../diagnostics/source.js';
import { isError, type CheckedFile, type CheckedModel, type CheckResult } from './checked.js';
import { xmlAttribute, xmlText } from './xml.js';

/**
 * A check as JUnit's XML: a suite for each file; in it a case for what belongs to no model, one for each model, and one
 * for each assertion. Warnings fail nothing: they stand in the output of the suite.
 */
export function checkJunit({ files, elsewhere }: CheckResult): string {
  const others = [...new Set(elsewhere.map(({ span }) => span.source.name))].map((name) => ({
    name,
    models: [],
    diagnostics: elsewhere.filter(({ span }) => span.source.name === name),
  }));
  const suites = [...files, ...others].map(suiteOf);
  const sum = (of: (suite: Suite) => number): number => suites.reduce((total, suite) => total + of(suite), 0);
  const head = `<testsuites name="cnnc"${countsText(
    sum(({ cases }) => cases.length),
    sum(failuresIn),
  )}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    head,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly warnings: readonly Diagnostic[];
}

interface Case {
  readonly name: string;
  readonly line: number | undefined;
  /** Why it failed: the short form and the long one. */
  readonly failure: { readonly message: string; readonly type: string; readonly text: string } | undefined;
}

function suiteOf({ name, models, diagnostics }: CheckedFile): Suite {
  const ofModels = models.flatMap((model) => model.diagnostics);
  // Of several variants that have one mistake, one message is left, which is no longer that of any of them.
  const own = diagnostics.filter(
    (found) =>
      isError(found) && !ofModels.some((other) => other.code === found.code && isAt(other, found.span)),
  );
  return {
    name,
    cases: [
      { name: 'syntax and names', line: undefined, failure: failureOf(own) },
      ...models.flatMap(casesOf),
    ],
    warnings: diagnostics.filter((found) => !isError(found)),
  };
}

function casesOf(model: CheckedModel): readonly Case[] {
  const { assertions, isWhole, variant } = model;
  const name = variant?.text ?? model.name;
  const errors = model.diagnostics.filter(isError);
  const ofAssertions = new Set(assertions.flatMap(({ span }) => errors.filter((found) => isAt(found, span))));
  const failure = failureOf(errors.filter((found) => !ofAssertions.has(found)));
  return [
    { name, line: undefined, failure: failure ?? (isWhole ? undefined : notExpanded) },
    ...assertions.map((assertion) => caseOf(name, assertion, errors)),
  ];
}

const notExpanded = {
  message: 'it could not be expanded: what it is made of has errors',
  type: 'not-expanded',
  text: '',
};

function caseOf(model: string, { text, span, passed }: AssertionResult, errors: readonly Diagnostic[]): Case {
  const { line } = positionOf(span.source, span.start);
  const name = `${model}: ${text}`;
  if (passed) return { name, line, failure: undefined };
  const failure = failureOf(errors.filter((found) => isAt(found, span)));
  return {
    name,
    line,
    failure: failure ?? { message: 'it does not hold', type: 'assertion-failed', text: '' },
  };
}

/** An assertion is told of where it stands; a budget at the model, with its own place beside it. */
function isAt({ span, related }: Diagnostic, place: Span): boolean {
  return [{ span }, ...related].some(
    (other) =>
      other.span.source === place.source && other.span.start >= place.start && other.span.end <= place.end,
  );
}

function failureOf(found: readonly Diagnostic[]): Case['failure'] {
  const [first, ...more] = found;
  if (first === undefined) return undefined;
  const rest = more.length === 0 ? '' : `, and ${String(more.length)} more`;
  return {
    message: `${first.message}${rest}`,
    type: first.code,
    text: renderDiagnostics(found, { limit: found.length }),
  };
}

function failuresIn({ cases }: Suite): number {
  return cases.filter(({ failure }) => failure !== undefined).length;
}

function suiteLines(suite: Suite): readonly string[] {
  const { name, cases, warnings } = suite;
  const head = `  <testsuite name="${xmlAttribute(name)}"${countsText(cases.length, failuresIn(suite))}>`;
  const output =
    warnings.length === 0
      ? []
      : [`    <system-out>${xmlText(renderDiagnostics(warnings, { limit: warnings.length }))}</system-out>`];
  return [head, ...cases.flatMap((test) => caseLines(name, test)), ...output, '  </testsuite>'];
}

function caseLines(file: string, { name, line, failure }: Case): readonly string[] {
  const place = line === undefined ? '' : ` line="${String(line)}"`;
  const head = `    <testcase classname="${xmlAttribute(file)}" name="${xmlAttribute(name)}" file="${xmlAttribute(file)}"${place}`;
  if (failure === undefined) return [`${head}/>`];
  const { message, type, text } = failure;
  const attributes = `message="${xmlAttribute(message)}" type="${xmlAttribute(type)}"`;
  return [`${head}>`, `      <failure ${attributes}>${xmlText(text)}</failure>`, '    </testcase>'];
}

function countsText(tests: number, failures: number): string {
  return ` tests="${String(tests)}" failures="${String(failures)}" errors="0" skipped="0"`;
}
