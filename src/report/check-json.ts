import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { diagnosticToJson } from '../diagnostics/to-json.js';
import { positionOf, type Source } from '../diagnostics/source.js';
import type { AssertionResult } from '../compiler/elaborate/assertions.js';
import { jsonObject, plainJson, type Json } from './json.js';
import { valueJson } from './value-json.js';

/** What a check found, over all its files. */
export interface CheckResult {
  readonly files: number;
  readonly models: number;
  readonly errors: number;
  readonly warnings: number;
  /** Those that are shown. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more there are. */
  readonly omitted: number;
  readonly assertions: readonly CheckedAssertion[];
}

/** An assertion of a model, and what came of it. */
export interface CheckedAssertion {
  readonly model: string;
  readonly source: Source;
  readonly result: AssertionResult;
}

/** What `cnnc check --format json` writes; keys are added, never changed. */
export function checkJson(checked: CheckResult): Json {
  const { files, models, errors, warnings, diagnostics, omitted, assertions } = checked;
  return jsonObject({
    formatVersion: 1,
    files,
    models,
    errors,
    warnings,
    diagnostics: diagnostics.map((diagnostic) => plainJson(diagnosticToJson(diagnostic))),
    omitted,
    assertions: assertions.map(assertionJson),
  });
}

function assertionJson({ model, result }: CheckedAssertion): Json {
  const { text, actual, limit, passed, span } = result;
  const { line, column } = positionOf(span.source, span.start);
  return jsonObject({
    text,
    model,
    file: span.source.name,
    line,
    column,
    actual: actual === undefined ? undefined : valueJson(actual),
    limit: limit === undefined ? undefined : valueJson(limit),
    passed,
  });
}
