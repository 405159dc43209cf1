import type { AssertionResult } from '../compiler/elaborate/assertions.js';
import { positionOf } from '../diagnostics/source.js';
import { diagnosticToJson } from '../diagnostics/to-json.js';
import {
  countsOf,
  isError,
  shownOf,
  type CheckedFile,
  type CheckedModel,
  type CheckResult,
} from './checked.js';
import { jsonObject, plainJson, type Json } from './json.js';
import { valueJson } from './value-json.js';

/** What `cnnc check --format json` writes; keys are added, never changed. */
export function checkJson(checked: CheckResult): Json {
  const { files, models, variants, errors, warnings } = countsOf(checked);
  const { diagnostics, omitted } = shownOf(checked);
  const checkedModels = checked.files.flatMap((file) => file.models);
  return jsonObject({
    formatVersion: 1,
    files,
    models,
    variants,
    errors,
    warnings,
    diagnostics: diagnostics.map((diagnostic) => plainJson(diagnosticToJson(diagnostic))),
    omitted,
    assertions: checkedModels.flatMap((model) =>
      model.assertions.map((assertion) => assertionJson(model, assertion)),
    ),
    matrix: checked.files.flatMap((file) => file.models.flatMap((model) => variantJson(file, model))),
  });
}

/** One cell of the matrix of what files list as variants. */
function variantJson(
  file: CheckedFile,
  { name, variant, isWhole, diagnostics }: CheckedModel,
): readonly Json[] {
  if (variant === undefined) return [];
  const choice = new Map([...variant.choice].map(([setting, value]) => [setting, valueJson(value)]));
  const passed = isWhole && !diagnostics.some(isError);
  return [jsonObject({ model: name, file: file.name, variant: variant.text, choice, passed })];
}

function assertionJson(model: CheckedModel, assertion: AssertionResult): Json {
  const { text, actual, limit, passed, span } = assertion;
  const { line, column } = positionOf(span.source, span.start);
  return jsonObject({
    text,
    model: model.name,
    variant: model.variant?.text,
    file: span.source.name,
    line,
    column,
    actual: actual === undefined ? undefined : valueJson(actual),
    limit: limit === undefined ? undefined : valueJson(limit),
    passed,
  });
}
