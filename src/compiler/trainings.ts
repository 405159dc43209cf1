import { report } from '../diagnostics/problem.js';
import { makeSource, textOf } from '../diagnostics/source.js';
import { parse } from '../parser/parse.js';
import { syntax } from '../parser/problems.js';
import type { Argument, Expression, Setting, Train } from '../parser/ast.js';
import type { Evaluator } from './elaborate/evaluator.js';
import type { Module } from './resolve/declarations.js';
import { isSetting, outsideHelp, override, settingOf } from './training/override.js';
import { repeatedTraining, unknownSetting } from './training/problems.js';
import { readTraining } from './training/read-training.js';
import type { TrainSettings } from './training/settings.js';
import { unknown, type Value } from './values/value.js';
import { valueApart } from './value-apart.js';
import type { WrittenArgument, WrittenSetting } from './training/written.js';

/** What is asked of the `train` blocks of a file. */
export interface TrainingRequest {
  /** Names of the models that are trained; all of the file where nothing is said. */
  readonly models?: readonly string[];
  /** Settings from outside, each written as in a `train` block: `64` for `batch`, `1e-4` for `rate`. */
  readonly setTrain?: ReadonlyMap<string, string>;
}

/** The settings of the `train` blocks of a file, by model; with settings from outside also of models without a block. */
export function readTrainings(
  module: Module,
  evaluator: Evaluator,
  request: TrainingRequest = {},
): ReadonlyMap<string, TrainSettings> {
  const found = new Map<string, TrainSettings>();
  const blocks = blocksByModel(module, evaluator);
  const outside = request.setTrain ?? new Map<string, string>();
  const names = outside.size === 0 ? blocks.keys() : new Set([...blocks.keys(), ...declaredModels(module)]);
  for (const model of names) {
    if (request.models?.includes(model) === false) continue;
    const block = blocks.get(model);
    const place: Place = { module, evaluator, model };
    const written = (block?.settings ?? []).map((setting) => writtenSetting(place, setting));
    const settings = withOutside(place, written, outside);
    const name = block?.model ?? { text: model, span: module.tree.span };
    const read = readTraining({ model: name, settings }, evaluator.report);
    if (read !== undefined) found.set(model, read);
  }
  return found;
}

/** Where settings are read. */
interface Place {
  readonly module: Module;
  readonly evaluator: Evaluator;
  readonly model: string;
}

function blocksByModel(module: Module, evaluator: Evaluator): ReadonlyMap<string, Train> {
  const first = new Map<string, Train>();
  for (const training of module.trainings) {
    const { text, span } = training.model;
    const earlier = first.get(text);
    if (earlier === undefined) {
      first.set(text, training);
      continue;
    }
    const related = [{ span: earlier.model.span, label: 'the first one' }];
    evaluator.report(report(repeatedTraining, span, { model: text }, { related }));
  }
  return first;
}

function declaredModels(module: Module): readonly string[] {
  return module.tree.items.flatMap((item) =>
    item.kind === 'model' || item.kind === 'alias' ? [item.name.text] : [],
  );
}

function withOutside(
  place: Place,
  written: readonly WrittenSetting[],
  outside: ReadonlyMap<string, string>,
): readonly WrittenSetting[] {
  let settings = written;
  // Whole settings go first: what they choose decides which parameters there are, and they take the place of all of them.
  const wholeFirst = [...outside].sort(([one], [other]) => Number(isSetting(other)) - Number(isSetting(one)));
  for (const [name, text] of wholeFirst) {
    const setting = outsideSetting(place, settings, name, text);
    if (setting !== undefined) settings = override(settings, { name, setting });
  }
  return settings;
}

/** Reads a setting that was given on the command line, as it would stand in the block; a mistake in it is shown there. */
function outsideSetting(
  place: Place,
  settings: readonly WrittenSetting[],
  name: string,
  text: string,
): WrittenSetting | undefined {
  const owner = settingOf(name, settings);
  const statement = owner === name ? `${name} ${text}` : `${owner} ${name}=${text}`;
  const source = makeSource(`--set-train ${name}`, `train ${place.model} { ${statement} }`);
  const parsed = parse(source);
  parsed.diagnostics.forEach(place.evaluator.report);
  if (parsed.diagnostics.length > 0) return undefined;
  const [item, another] = parsed.tree.items;
  const [setting, more] = item?.kind === 'train' ? item.settings : [];
  const surplus = more ?? another;
  if (surplus !== undefined) {
    const [word = ''] = textOf(surplus.span).split(/\s/);
    const facts = { expected: 'the end of the setting', got: `\`${word}\`` };
    place.evaluator.report(report(syntax, surplus.span, facts));
    return undefined;
  }
  if (setting === undefined) return undefined;
  if (!isSetting(owner)) {
    const facts = { name, where: `\`train ${place.model}\`` };
    const help = outsideHelp(name, text, settings);
    place.evaluator.report(report(unknownSetting, setting.name.span, facts, { help }));
    return undefined;
  }
  return writtenSetting(place, setting);
}

function writtenSetting(place: Place, setting: Setting): WrittenSetting {
  const { name, span, settings } = setting;
  return {
    name,
    span,
    arguments: setting.arguments.map((argument) => writtenArgument(place, argument)),
    settings: settings?.map((inner) => writtenSetting(place, inner)),
  };
}

function writtenArgument(place: Place, { name, value, span }: Argument): WrittenArgument {
  return {
    name,
    value: valueOf(place, value),
    unit: unitOf(value),
    span: name === undefined ? span : value.span,
  };
}

/** The value of an expression; a bare word that is no name of the file stands for itself. */
function valueOf({ module, evaluator, model }: Place, expression: Expression): Value {
  if (expression.kind === 'name-expression' && !module.names.has(expression.name)) {
    return { kind: 'word', text: expression.name };
  }
  const owner = module.names.get(model);
  return owner === undefined ? unknown : valueApart(evaluator, owner, expression, module);
}

/** The unit of a number that is written out, perhaps with a sign. */
function unitOf(expression: Expression): string | undefined {
  if (expression.kind === 'unary') return unitOf(expression.operand);
  return expression.kind === 'number' ? expression.unit : undefined;
}
