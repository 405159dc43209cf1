import { report } from '../diagnostics/problem.js';
import { makeSource, type Span } from '../diagnostics/source.js';
import type { Model } from '../parser/ast.js';
import { parse } from '../parser/parse.js';
import type { Instance as ElaboratedInstance } from './elaborate/elaborate.js';
import { boundByAliases } from './elaborate/evaluate.js';
import type { Evaluator } from './elaborate/evaluator.js';
import { uncheckedModel } from './elaborate/problems.js';
import { offer } from '../diagnostics/suggest.js';
import type { ListedFor, ListedVariants } from './listed-variants.js';
import { followAliases } from './resolve/call.js';
import type { BlockDeclaration, Declaration, Module } from './resolve/declarations.js';
import { unknownModel, unknownParameter } from './resolve/problems.js';
import { valueApart } from './value-apart.js';
import { unknown, type Value } from './values/value.js';

/** A model of the file, or a named instance of one, ready to be expanded. */
export interface Instance extends ElaboratedInstance {
  readonly doc: string | undefined;
}

/** What is asked of the models of a file. */
export interface InstanceRequest {
  readonly models?: readonly string[];
  readonly set?: ReadonlyMap<string, string>;
  readonly input?: string;
  /** The variants of a model that are listed outside of its file. */
  readonly listed?: ListedFor;
}

/** The models and instances that a file declares, with the values given from outside; what can't be is reported. */
export function findInstances(
  module: Module,
  evaluator: Evaluator,
  request: InstanceRequest,
): readonly Instance[] {
  const own = [...module.names.values()].filter((declaration) => declaration.module === module);
  const declared = instancesOf(own, evaluator);
  const wanted = wantedInstances(module, declared, evaluator, request);
  const values = outsideValues(module, evaluator, request.set ?? new Map());
  const inputSize =
    request.input === undefined ? undefined : outsideValue(module, evaluator, '--input', request.input).value;
  tellUnknownParameters(wanted, values, evaluator);
  const instances = wanted.map((instance) => ({ ...withValues(instance, values), inputSize }));
  return instances.filter((instance) => isComplete(instance, declared, evaluator, request));
}

/** The models and instances among declarations, with what instances bind. */
export function instancesOf(declarations: Iterable<Declaration>, evaluator: Evaluator): readonly Instance[] {
  return [...declarations].flatMap((declaration) => {
    if (declaration.kind === 'let') return [];
    const target = followAliases(declaration);
    if (target === undefined || !isModel(target.declaration)) return [];
    const given = boundByAliases(evaluator, declaration);
    const { name, doc } = declaration.tree;
    return [{ name, doc, declaration: target.declaration, ...given, inputSize: undefined }];
  });
}

function isModel(declaration: BlockDeclaration): declaration is BlockDeclaration & { readonly tree: Model } {
  return declaration.tree.kind === 'model';
}

function wantedInstances(
  module: Module,
  declared: readonly Instance[],
  evaluator: Evaluator,
  { models }: InstanceRequest,
): readonly Instance[] {
  if (models === undefined) return declared;
  return models.flatMap((name) => {
    const found = declared.filter((instance) => instance.name.text === name);
    if (found.length === 0 && module.lost?.declares(name) !== true) {
      const names = declared.map((instance) => instance.name.text);
      const { help } = offer(name, module.tree.span, names);
      const own =
        help ?? (names.length === 0 ? 'the file declares no model' : `its models are ${names.join(', ')}`);
      const { span } = module.tree;
      evaluator.report(report(unknownModel, { ...span, end: span.start }, { name }, { help: own }));
    }
    return found;
  });
}

interface OutsideValue {
  readonly value: Value;
  readonly span: Span;
}

function outsideValues(
  module: Module,
  evaluator: Evaluator,
  set: ReadonlyMap<string, string>,
): ReadonlyMap<string, OutsideValue> {
  const values = new Map<string, OutsideValue>();
  for (const [name, text] of set) {
    values.set(name, outsideValue(module, evaluator, `--set ${name}`, text));
  }
  return values;
}

/** Reads a value that was given on the command line; a mistake in it is shown there. */
function outsideValue(module: Module, evaluator: Evaluator, flag: string, text: string): OutsideValue {
  const lead = 'let value = ';
  const source = makeSource(flag, `${lead}${text}`);
  const span = { source, start: lead.length, end: source.text.length };
  const parsed = parse(source);
  parsed.diagnostics.forEach(evaluator.report);
  const [item] = parsed.tree.items;
  if (parsed.diagnostics.length > 0 || item?.kind !== 'let') return { value: unknown, span };
  return { value: valueApart(evaluator, { kind: 'let', tree: item, module }, item.value), span };
}

function tellUnknownParameters(
  instances: readonly Instance[],
  values: ReadonlyMap<string, OutsideValue>,
  evaluator: Evaluator,
): void {
  const parameters = new Set(
    instances.flatMap(({ declaration }) => declaration.tree.parameters.map(({ name }) => name.text)),
  );
  const [first] = instances;
  if (first === undefined) return;
  for (const [name, { span }] of values) {
    if (parameters.has(name)) continue;
    evaluator.report(
      report(unknownParameter, span, { name, of: first.name.text }, offer(name, span, parameters)),
    );
  }
}

function withValues(instance: Instance, values: ReadonlyMap<string, OutsideValue>): Instance {
  const bound = new Map(instance.bound);
  const places = new Map(instance.places);
  for (const { name } of instance.declaration.tree.parameters) {
    const given = values.get(name.text);
    if (given === undefined) continue;
    bound.set(name.text, given.value);
    places.set(name.text, given.span);
  }
  return { ...instance, bound, places };
}

/** A model that lacks arguments is a pattern for its instances, unless it was asked for by name. */
function isComplete(
  instance: Instance,
  declared: readonly Instance[],
  evaluator: Evaluator,
  request: InstanceRequest,
): boolean {
  const missing = missingIn(instance);
  if (missing.length === 0 || request.models !== undefined) return true;
  const { text } = instance.name;
  const hasVariants =
    instance.declaration.module.variants.some(({ model }) => model.text === text) ||
    request.listed?.(text).some((listed) => missingIn(instance, listed).length === 0) === true;
  const isPattern =
    hasVariants || declared.some((other) => other !== instance && isInstanceOf(other, instance));
  if (!isPattern) {
    evaluator.report(report(uncheckedModel, instance.name.span, { model: text, parameters: missing }));
  }
  return false;
}

/** The parameters of a model that have no value, also none that is listed. */
export function missingIn(
  { declaration, bound }: Instance,
  listed: Pick<ListedVariants, 'settings'> = { settings: [] },
): readonly string[] {
  return declaration.tree.parameters.flatMap(({ name: { text }, default: usual }) => {
    const isGiven = usual !== undefined || bound.has(text);
    return isGiven || listed.settings.some(({ name }) => name.text === text) ? [] : [text];
  });
}

function isInstanceOf(other: Instance, pattern: Instance): boolean {
  return other.declaration === pattern.declaration && other.name !== pattern.name;
}
