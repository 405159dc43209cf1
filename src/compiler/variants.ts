import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import { offer } from '../diagnostics/suggest.js';
import type { Span } from '../diagnostics/source.js';
import type { Argument, Expression, Setting } from '../parser/ast.js';
import type { Extent } from './analyse/needed.js';
import type { Evaluator } from './elaborate/evaluator.js';
import { instancesOf, missingIn, type Instance } from './instances.js';
import type { ListedFor } from './listed-variants.js';
import type { Module } from './resolve/declarations.js';
import { limitExceeded, unknownParameter } from './resolve/problems.js';
import { repeatedSetting } from './training/problems.js';
import { isUnknown, valueText } from './values/kinds.js';
import type { Value } from './values/value.js';
import { valueApart } from './value-apart.js';
import { wrongVariant } from './variant-problems.js';

/** A model with one combination of what its file lists. */
export interface Variant {
  /** As messages name it: `ResNet<depth=34, input=299x299x3>`. */
  readonly text: string;
  /** What was chosen, by the name of the setting. */
  readonly choice: ReadonlyMap<string, Value>;
  /** Where it is listed. */
  readonly place: Span;
  readonly instance: Instance;
  /** What counts: with `mode=training`, what exists in training only too. */
  readonly extent: Extent;
}

/** The most variants that one file may have. */
const maximumVariants = 1_000;

/**
 * The variants that a file lists for its models, and those that are listed for them outside, every combination of the values
 * in each list; what is wrong with the lists is reported. Too many are none.
 */
export function findVariants(module: Module, evaluator: Evaluator, listedFor: ListedFor): readonly Variant[] {
  const variants: Variant[] = [];
  let count = 0n;
  for (const listing of [...inFile(module, evaluator), ...outside(module, evaluator, listedFor)]) {
    const choices = choicesOf(listing);
    if (choices === undefined) continue;
    count += choices.reduce((product, { values }) => product * BigInt(values.length), 1n);
    if (count > BigInt(maximumVariants)) {
      const facts = { what: 'variants', limit: maximumVariants, got: count.toLocaleString('en') };
      evaluator.report(report(limitExceeded, listing.place, facts));
      return [];
    }
    variants.push(...combinations(choices).map((choice) => variantOf(listing, choice)));
  }
  return variants;
}

/** What lists variants of one model. */
interface Listing {
  readonly module: Module;
  readonly evaluator: Evaluator;
  readonly instance: Instance;
  readonly settings: readonly Setting[];
  /** Where it is said what is listed. */
  readonly place: Span;
  /** What is pointed at where nothing is. */
  readonly whole: Span;
}

function inFile(module: Module, evaluator: Evaluator): readonly Listing[] {
  return module.variants.flatMap(({ model, settings, span }) => {
    const declaration = module.names.get(model.text);
    const [found] = declaration === undefined ? [] : instancesOf([declaration], evaluator);
    // What is no model has been reported where its name was resolved.
    if (found === undefined) return [];
    // An imported one may have another name here.
    const instance = { ...found, name: model };
    return [{ module, evaluator, instance, settings, place: model.span, whole: span }];
  });
}

/** A pattern of names can fit models that lack more than it lists: those are checked through their instances. */
function outside(module: Module, evaluator: Evaluator, listedFor: ListedFor): readonly Listing[] {
  const own = [...module.names.values()].filter((declaration) => declaration.module === module);
  return instancesOf(own, evaluator).flatMap((instance) =>
    listedFor(instance.name.text)
      .filter((listed) => missingIn(instance, listed).length === 0)
      .map(({ place, settings, moved }) => {
        const tell = (found: Diagnostic): void => {
          evaluator.report(moved(found));
        };
        return { module, evaluator: { ...evaluator, report: tell }, instance, settings, place, whole: place };
      }),
  );
}

/** What one setting lists. */
interface Choice {
  readonly name: string;
  readonly values: readonly Value[];
}

const inputSetting = 'input';
const modeSetting = 'mode';
const modes = ['inference', 'training'];

/** What the settings of a block list; nothing where any of them is wrong. */
function choicesOf(listing: Listing): readonly Choice[] | undefined {
  const { evaluator, instance, settings, whole } = listing;
  const parameters = parametersOf(instance);
  const seen = new Set<string>();
  const choices: Choice[] = [];
  let isWrong = settings.length === 0;
  for (const setting of settings) {
    const { text: name, span } = setting.name;
    const known = [...parameters, inputSetting, modeSetting];
    if (!known.includes(name)) {
      const of = instance.declaration.tree.name.text;
      evaluator.report(report(unknownParameter, span, { name, of }, offer(name, span, known)));
      isWrong = true;
      continue;
    }
    if (seen.has(name)) evaluator.report(report(repeatedSetting, span, { name }));
    seen.add(name);
    const values = valuesOf(listing, setting);
    if (values === undefined) isWrong = true;
    else choices.push({ name, values });
  }
  if (settings.length === 0) {
    const facts = { setting: 'variants', expected: 'parameters with their values', got: 'nothing' };
    evaluator.report(report(wrongVariant, whole, facts));
  }
  return isWrong || seen.size < settings.length ? undefined : choices;
}

function parametersOf({ declaration }: Instance): readonly string[] {
  return declaration.tree.parameters.map(({ name }) => name.text);
}

function valuesOf(listing: Listing, setting: Setting): readonly Value[] | undefined {
  const { evaluator, instance } = listing;
  const { name, settings } = setting;
  const isMode = name.text === modeSetting && !parametersOf(instance).includes(modeSetting);
  const refuse = (got: string, span = name.span): void => {
    const expected = isMode ? '`inference`, `training` or both' : 'values';
    evaluator.report(report(wrongVariant, span, { setting: name.text, expected, got }));
  };
  if (settings !== undefined || setting.arguments.length === 0) {
    refuse(settings === undefined ? 'nothing' : 'a list in braces');
    return undefined;
  }
  const values = setting.arguments.map((argument) => {
    const value = isMode ? modeOf(argument) : valueOf(listing, argument.value);
    if (argument.name !== undefined) refuse('a named argument', argument.span);
    else if (value === undefined) refuse(`\`${textOf(argument)}\``, argument.span);
    return argument.name !== undefined || value === undefined || isUnknown(value) ? undefined : value;
  });
  const known = values.flatMap((value) => (value === undefined ? [] : [value]));
  return known.length === values.length ? known : undefined;
}

function textOf({ span }: Argument): string {
  return span.source.text.slice(span.start, span.end);
}

function modeOf({ value }: Argument): Value | undefined {
  if (value.kind !== 'name-expression' || !modes.includes(value.name)) return undefined;
  return { kind: 'word', text: value.name };
}

function valueOf({ module, evaluator, instance }: Listing, expression: Expression): Value {
  return valueApart(evaluator, instance.declaration, expression, module);
}

function combinations(choices: readonly Choice[]): readonly ReadonlyMap<string, Value>[] {
  let all: readonly ReadonlyMap<string, Value>[] = [new Map()];
  for (const { name, values } of choices) {
    all = all.flatMap((chosen) => values.map((value) => new Map([...chosen, [name, value]])));
  }
  return all;
}

function variantOf({ instance, place }: Listing, choice: ReadonlyMap<string, Value>): Variant {
  const parameters = parametersOf(instance);
  const bound = new Map(instance.bound);
  for (const [name, value] of choice) if (parameters.includes(name)) bound.set(name, value);
  const own = (name: string): Value | undefined => (parameters.includes(name) ? undefined : choice.get(name));
  const mode = own(modeSetting);
  const parts = [...choice].map(([name, value]) => `${name}=${valueText(value)}`);
  return {
    text: `${instance.name.text}<${parts.join(', ')}>`,
    choice,
    place,
    instance: {
      ...instance,
      bound,
      // What is wrong with a listed value is told at the name: of several variants the message names the first.
      places: new Map([...instance.places].filter(([name]) => !choice.has(name))),
      inputSize: own(inputSetting) ?? instance.inputSize,
    },
    extent: { training: mode !== undefined && valueText(mode) === 'training' },
  };
}
