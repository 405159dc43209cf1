import type { AssertionResult } from '../compiler/elaborate/assertions.js';
import { positionOf } from '../diagnostics/source.js';
import { diagnosticToJson } from '../diagnostics/to-json.js';
import { countsOf, shownOf, type CheckedModel, type CheckResult } from './checked.js';
import { jsonObject, plainJson, type Json } from './json.js';
import { valueJson } from './value-json.js';

/** What `cnnc check --format json` writes; keys are added, never changed. */
export function checkJson(checked: CheckResult): Json {
  const { files, models, errors, warnings } = countsOf(checked);
  const { diagnostics, omitted } = shownOf(checked);
  const checkedModels = checked.files.flatMap((file) => file.models);
  return jsonObject({
    formatVersion: 1,
    files,
    models,
    errors,
    warnings,
    diagnostics: diagnostics.map((diagnostic) => plainJson(diagnosticToJson(diagnostic))),
    omitted,
    assertions: checkedModels.flatMap((model) =>
      model.assertions.map((assertion) => assertionJson(model, assertion)),
    ),
  });
}

function assertionJson(model: CheckedModel, assertion: AssertionResult): Json {
  const { text, actual, limit, passed, span } = assertion;
  const { line, column } = positionOf(span.source, span.start);
  return jsonObject({
    text,
    model: model.name,
    file: span.source.name,
    line,
    column,
    actual: actual === undefined ? undefined : valueJson(actual),
    limit: limit === undefined ? undefined : valueJson(limit),
    passed,
  });
}
