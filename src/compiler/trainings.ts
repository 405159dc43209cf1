import { report } from '../diagnostics/problem.js';
import type { Argument, Expression, Setting, Train } from '../parser/ast.js';
import type { Evaluator } from './elaborate/evaluator.js';
import type { Module } from './resolve/declarations.js';
import { repeatedTraining } from './training/problems.js';
import { readTraining } from './training/read-training.js';
import type { TrainSettings } from './training/settings.js';
import { unknown, type Value } from './values/value.js';
import { valueApart } from './value-apart.js';
import type { WrittenArgument, WrittenSetting } from './training/written.js';

/** The settings of the `train` blocks of a file, by model. */
export function readTrainings(module: Module, evaluator: Evaluator): ReadonlyMap<string, TrainSettings> {
  const found = new Map<string, TrainSettings>();
  const first = new Map<string, Train>();
  for (const training of module.trainings) {
    const { text, span } = training.model;
    const earlier = first.get(text);
    if (earlier !== undefined) {
      const related = [{ span: earlier.model.span, label: 'the first one' }];
      evaluator.report(report(repeatedTraining, span, { model: text }, { related }));
      continue;
    }
    first.set(text, training);
    const settings = training.settings.map((setting) => writtenSetting(module, evaluator, training, setting));
    const read = readTraining({ model: training.model, settings }, evaluator.report);
    if (read !== undefined) found.set(text, read);
  }
  return found;
}

function writtenSetting(
  module: Module,
  evaluator: Evaluator,
  training: Train,
  setting: Setting,
): WrittenSetting {
  const { name, span, settings } = setting;
  return {
    name,
    span,
    arguments: setting.arguments.map((argument) => writtenArgument(module, evaluator, training, argument)),
    settings: settings?.map((inner) => writtenSetting(module, evaluator, training, inner)),
  };
}

function writtenArgument(
  module: Module,
  evaluator: Evaluator,
  training: Train,
  { name, value, span }: Argument,
): WrittenArgument {
  return {
    name,
    value: valueOf(module, evaluator, training, value),
    unit: unitOf(value),
    span: name === undefined ? span : value.span,
  };
}

/** The value of an expression; a bare word that is no name of the file stands for itself. */
function valueOf(module: Module, evaluator: Evaluator, training: Train, expression: Expression): Value {
  if (expression.kind === 'name-expression' && !module.names.has(expression.name)) {
    return { kind: 'word', text: expression.name };
  }
  const owner = module.names.get(training.model.text);
  return owner === undefined ? unknown : valueApart(evaluator, owner, expression, module);
}

/** The unit of a number that is written out, perhaps with a sign. */
function unitOf(expression: Expression): string | undefined {
  if (expression.kind === 'unary') return unitOf(expression.operand);
  return expression.kind === 'number' ? expression.unit : undefined;
}
