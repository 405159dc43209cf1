import type { Span } from '../../diagnostics/source.js';
import type { Argument, BlockValue, Call, Name } from '../../parser/ast.js';
import type { AnyOp } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import { bindArguments, takes, takesByPosition } from '../resolve/arguments.js';
import type { LayerBinding } from '../resolve/bindings.js';
import { repeatedArgument, surplusArgument } from '../resolve/problems.js';
import { describeValue, isUnknown } from '../values/kinds.js';
import { unknown, type Value } from '../values/value.js';
import { failArguments } from './argument-mistakes.js';
import { lookUp, type Environment } from './environment.js';
import { boundByAliases, evaluate } from './evaluate.js';
import { fail, type Evaluator } from './evaluator.js';
import { wrongKind } from './problems.js';
import {
  bareLayer,
  blockOf,
  targetBehind,
  textOfCall,
  type BlockTarget,
  type DeclaredTarget,
  type LayerTarget,
  type PlacedValue,
} from './targets.js';

/** The value of a block with arguments. */
export function evaluateBlock(evaluator: Evaluator, expression: BlockValue, environment: Environment): Value {
  const target = targetOf(evaluator, expression, environment);
  return target === undefined ? unknown : blockOf(target.target, target.text);
}

/** A block that a call or a block value leads to, its arguments evaluated and bound, and how messages show it. */
export interface FoundTarget {
  readonly target: BlockTarget;
  readonly text: string;
}

/** What a call or a block value leads to; `undefined` where a mistake was reported. */
export function targetOf(
  evaluator: Evaluator,
  call: Call | BlockValue,
  environment: Environment,
): FoundTarget | undefined {
  const binding = evaluator.bindings.steps.get(call);
  if (binding?.kind !== 'call') return undefined;
  const { target } = binding;
  const name = call.name.text;
  switch (target.kind) {
    case 'layer': {
      const layer = layerTarget(evaluator, target.layer, environment);
      if (layer === undefined) return undefined;
      const shown = [...layer.values].map(([parameter, { value }]) => [parameter, value] as const);
      return { target: layer, text: shown.length === 0 ? name : textOfCall(name, shown) };
    }
    case 'declared': {
      const declaration = environment.module.names.get(name);
      const given =
        declaration === undefined
          ? { bound: new Map<string, Value>(), places: new Map<string, Span>() }
          : boundByAliases(evaluator, declaration);
      const start: DeclaredTarget = { kind: 'declared', declaration: target.declaration, ...given };
      return bindMore(evaluator, start, { name, given: binding.arguments }, environment);
    }
    case 'variable':
      return variableTarget(evaluator, call.name, binding.arguments, environment);
  }
}

/** A layer's arguments evaluated where they stand. */
export function layerTarget(
  evaluator: Evaluator,
  layer: LayerBinding,
  environment: Environment,
): LayerTarget | undefined {
  const values = new Map<string, PlacedValue>();
  for (const { parameter, value, span } of layer.arguments) {
    const own: Value =
      value.kind === 'word'
        ? { kind: 'word', text: value.word }
        : evaluate(evaluator, value.expression, environment);
    if (isUnknown(own)) return undefined;
    const isName = value.kind === 'expression' && value.expression.kind === 'name-expression';
    values.set(parameter, { value: own, span, ...(isName ? { held: environment } : {}) });
  }
  const activation = activationTarget(evaluator, layer, environment);
  if (activation === 'unknown') return undefined;
  return { kind: 'layer', op: layer.op, values, activation };
}

function activationTarget(
  evaluator: Evaluator,
  layer: LayerBinding,
  environment: Environment,
): BlockTarget | undefined | 'unknown' {
  const { activation } = layer;
  if (activation === undefined) return undefined;
  if (activation.kind === 'word') return bareLayer(activation.op);
  const value = evaluate(evaluator, activation.expression, environment);
  if (typeof value === 'object' && value.kind === 'block') return targetBehind(value);
  if (!isUnknown(value)) {
    const facts = { what: 'an activation', expected: 'a block', got: describeValue(value) };
    fail(evaluator, wrongKind, facts, { span: activation.span, trail: environment.trail });
  }
  return 'unknown';
}

function bindMore(
  evaluator: Evaluator,
  target: DeclaredTarget,
  call: { readonly name: string; readonly given: readonly Argument[] },
  environment: Environment,
): FoundTarget | undefined {
  const { parameters } = target.declaration.tree;
  const { bound: named, mistakes } = bindArguments(parameters, call.given, new Set(target.bound.keys()));
  // What is still missing may be given later, or is reported where the block is expanded.
  const wrong = mistakes.filter(({ kind }) => kind !== 'missing');
  const [first] = call.given;
  if (wrong.length > 0 && first !== undefined) {
    failArguments(evaluator, wrong, {
      of: call.name,
      parameters,
      span: first.span,
      trail: environment.trail,
    });
    return undefined;
  }
  const bound = new Map(target.bound);
  const places = new Map(target.places);
  const shown: (readonly [string | undefined, Value])[] = [];
  for (const [name, argument] of named) {
    const value = evaluate(evaluator, argument.value, environment);
    bound.set(name, value);
    places.set(name, argument.span);
    shown.push([argument.name?.text, value]);
  }
  return { target: { ...target, bound, places }, text: textOfCall(call.name, shown) };
}

function variableTarget(
  evaluator: Evaluator,
  name: Name,
  given: readonly Argument[],
  environment: Environment,
): FoundTarget | undefined {
  const value = lookUp(environment, name.text) ?? unknown;
  if (isUnknown(value)) return undefined;
  if (typeof value !== 'object' || value.kind !== 'block') {
    const facts = { what: `\`${name.text}\``, expected: 'a block', got: describeValue(value) };
    fail(evaluator, wrongKind, facts, { span: name.span, trail: environment.trail });
    return undefined;
  }
  const target = targetBehind(value);
  const [first] = given;
  if (first === undefined) return { target, text: value.text };
  switch (target.kind) {
    case 'declared':
      return bindMore(evaluator, target, { name: nameIn(value.text), given }, environment);
    case 'layer': {
      const values = addValues(evaluator, target, given, environment);
      return values === undefined ? undefined : { target: { ...target, values }, text: value.text };
    }
    case 'shared': {
      const facts = { of: name.text, takes: takes([]) };
      fail(evaluator, surplusArgument, facts, { span: first.span, trail: environment.trail });
      return undefined;
    }
  }
}

function addValues(
  evaluator: Evaluator,
  target: LayerTarget,
  given: readonly Argument[],
  environment: Environment,
): ReadonlyMap<string, PlacedValue> | undefined {
  const op: AnyOp = ops[target.op];
  const { trail } = environment;
  const values = new Map(target.values);
  for (const { name, value, span } of given) {
    const place = name?.text ?? op.positional.find((parameter) => !values.has(parameter));
    if (place === undefined) {
      fail(evaluator, surplusArgument, { of: target.op, takes: takesByPosition(op) }, { span, trail });
      return undefined;
    }
    if (values.has(place)) {
      fail(evaluator, repeatedArgument, { name: place, of: target.op }, { span, trail });
      return undefined;
    }
    values.set(place, { value: evaluate(evaluator, value, environment), span });
  }
  return values;
}

function nameIn(text: string): string {
  const end = text.indexOf('<');
  return end < 0 ? text : text.slice(0, end);
}
