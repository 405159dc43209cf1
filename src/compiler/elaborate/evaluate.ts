import { report, type Problem, type ProblemDetails } from '../../diagnostics/problem.js';
import { textOf, type Span } from '../../diagnostics/source.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type {
  Argument,
  BlockValue,
  Call,
  CallExpression,
  Conditional,
  Expression,
  IndexExpression,
  Let,
  MemberExpression,
  Name,
  NameExpression,
  Operation,
  Parameter,
  RangeExpression,
  Strided,
  Unary,
} from '../../parser/ast.js';
import type { AnyOp } from '../ops/op.js';
import { opNamed, ops } from '../ops/registry.js';
import type { Trail } from '../ir/graph.js';
import type { Bindings, LayerBinding } from '../resolve/bindings.js';
import type { Declaration, Module } from '../resolve/declarations.js';
import { bindArguments } from '../resolve/arguments.js';
import { followAliases } from '../resolve/call.js';
import { limitExceeded } from '../resolve/problems.js';
import { exact, negate, openSizes, isOpen } from '../values/exact.js';
import { builtinFunctions, type BuiltinFunction } from '../values/functions.js';
import { describeValue, isNumber, isUnknown } from '../values/kinds.js';
import { listOf, unknown, type ListValue, type TensorValue, type Value } from '../values/value.js';
import { inner, lookUp, outermost, type Environment } from './environment.js';
import { operate } from './operators.js';
import { needsSize, noMember, noSuchItem, notACondition, wrongCall, wrongKind } from './problems.js';
import {
  bareLayer,
  blockOf,
  functionBehind,
  targetBehind,
  textOfCall,
  type BlockTarget,
  type DeclaredTarget,
  type FunctionTarget,
  type LayerTarget,
  type PlacedValue,
} from './targets.js';

/** What evaluation needs besides the environment; one for all models of a compilation. */
export interface Evaluator {
  readonly bindings: Bindings;
  /** The values of the files' constants, computed in the order in which they stand on each other. */
  readonly constants: ReadonlyMap<Let, Value>;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly callDepth: number;
  /** The figures of a model or block, where an assertion is evaluated. */
  readonly figures?: (name: string, part: string | undefined, settings: ReadonlyMap<string, Value>) => Value;
  /** How deep the evaluation is: expressions within each other, and functions within each other. */
  readonly depth: { levels: number; calls: number };
}

/** Deeper than this no expression is followed, whatever nests it: parentheses, functions, defaults. */
const maximumLevels = 1_000;

/** The value of an expression; a mistake is reported once, and its value is unknown. */
export function evaluate(evaluator: Evaluator, expression: Expression, environment: Environment): Value {
  const { depth } = evaluator;
  if (depth.levels >= maximumLevels) {
    const facts = { what: 'expressions within expressions', limit: maximumLevels, got: 'more' };
    return fail(evaluator, environment.trail, limitExceeded, expression.span, facts);
  }
  depth.levels += 1;
  const value = evaluateHere(evaluator, expression, environment);
  depth.levels -= 1;
  return value;
}

/** Reports a problem and gives the unknown value. */
export function fail<Facts>(
  evaluator: Pick<Evaluator, 'report'>,
  trail: Trail | undefined,
  problem: Problem<Facts>,
  span: Span,
  facts: Facts,
  details: ProblemDetails = {},
): Value {
  evaluator.report(report(problem, span, facts, { ...details, trail: stepsOf(trail) }));
  return unknown;
}

/** A trail as the list that diagnostics hold, innermost first. */
export function stepsOf(trail: Trail | undefined): readonly Trail['step'][] {
  const steps: Trail['step'][] = [];
  for (let here = trail; here !== undefined; here = here.outer) steps.push(here.step);
  return steps;
}

function evaluateHere(evaluator: Evaluator, expression: Expression, environment: Environment): Value {
  switch (expression.kind) {
    case 'number':
      return exact(expression.numerator, expression.denominator);
    case 'size':
      return listOf(
        expression.sizes.map((size) => (size === undefined ? { kind: 'open' } : exact(size))),
        'size',
      );
    case 'string':
    case 'boolean':
      return expression.value;
    case 'missing':
      return unknown;
    case 'list':
    case 'tuple':
      return listOf(
        expression.items.map((item) => evaluate(evaluator, item, environment)),
        expression.kind,
      );
    case 'range':
      return evaluateRange(evaluator, expression, environment);
    case 'strided':
      return evaluateStrided(evaluator, expression, environment);
    case 'name-expression':
      return evaluateName(evaluator, expression, environment);
    case 'in':
      return environment.incoming ?? unknown;
    case 'member':
      return evaluateMember(evaluator, expression, environment);
    case 'index':
      return evaluateIndex(evaluator, expression, environment);
    case 'call-expression':
      return evaluateCall(evaluator, expression, environment);
    case 'block-value':
      return evaluateBlock(evaluator, expression, environment);
    case 'operation':
      return evaluateOperation(evaluator, expression, environment);
    case 'unary':
      return evaluateUnary(evaluator, expression, environment);
    case 'conditional':
      return evaluateConditional(evaluator, expression, environment);
  }
}

function evaluateRange(evaluator: Evaluator, expression: RangeExpression, environment: Environment): Value {
  const from = evaluate(evaluator, expression.from, environment);
  const to = evaluate(evaluator, expression.to, environment);
  if (isUnknown(from) || isUnknown(to)) return unknown;
  if (isNumber(from) && isNumber(to)) return { kind: 'range', from, to };
  const [wrong, span] = isNumber(from) ? [to, expression.to.span] : [from, expression.from.span];
  const facts = { what: 'an end of a range', expected: 'a number', got: describeValue(wrong) };
  return fail(evaluator, environment.trail, wrongKind, span, facts);
}

function evaluateStrided(evaluator: Evaluator, expression: Strided, environment: Environment): Value {
  const window = evaluate(evaluator, expression.window, environment);
  const stride = evaluate(evaluator, expression.stride, environment);
  if (isUnknown(window) || isUnknown(stride)) return unknown;
  const isPair = typeof stride === 'object' && stride.kind === 'list';
  if (typeof window === 'object' && window.kind === 'list' && (isPair || isNumber(stride))) {
    return { kind: 'strided', window, stride };
  }
  const facts = { what: 'a stride', expected: 'a number or a pair of numbers', got: describeValue(stride) };
  return fail(evaluator, environment.trail, wrongKind, expression.stride.span, facts);
}

function evaluateName(evaluator: Evaluator, expression: NameExpression, environment: Environment): Value {
  const { name } = expression;
  const local = lookUp(environment, name);
  if (local !== undefined) return local;
  const declaration = environment.module.names.get(name);
  if (declaration !== undefined) return valueOfDeclaration(evaluator, declaration, name);
  const figure = evaluator.figures?.(name, undefined, new Map());
  if (figure !== undefined) return figure;
  const layer = opNamed(name);
  return layer === undefined ? unknown : blockOf(bareLayer(layer.kind), name);
}

function valueOfDeclaration(evaluator: Evaluator, declaration: Declaration, name: string): Value {
  if (declaration.kind === 'let') {
    const { tree, module } = declaration;
    if (tree.parameters !== undefined) return functionOf(tree, outermost(module));
    return evaluator.constants.get(tree) ?? unknown;
  }
  const target = followAliases(declaration);
  if (target === undefined) return unknown;
  return blockOf(
    { kind: 'declared', declaration: target.declaration, bound: boundByAliases(evaluator, declaration) },
    name,
  );
}

/** The values that the instances between a name and its model bind; the innermost instance binds first. */
export function boundByAliases(evaluator: Evaluator, start: Declaration): ReadonlyMap<string, Value> {
  const target = followAliases(start);
  const bound = new Map<string, Value>();
  if (target === undefined) return bound;
  const modules = aliasModules(start);
  const { parameters } = target.declaration.tree;
  for (let place = target.bound.length - 1; place >= 0; place -= 1) {
    const given = target.bound[place]?.arguments ?? [];
    const module = modules[place];
    if (module === undefined) continue;
    const named = bindArguments(parameters, given, new Set(bound.keys())).bound;
    for (const [name, argument] of named)
      bound.set(name, evaluate(evaluator, argument.value, outermost(module)));
  }
  return bound;
}

function aliasModules(start: Declaration): readonly Module[] {
  const modules: Module[] = [];
  let here: Declaration | undefined = start;
  while (here?.kind === 'alias') {
    modules.push(here.module);
    here = here.module.names.get(here.tree.target.name.text);
  }
  return modules;
}

/** A function as a value, with the names that are visible where it stands. */
export function functionOf(tree: Let, environment: Environment): Value {
  const target: FunctionTarget = { kind: 'function-target', tree, environment };
  return { kind: 'function', name: tree.name.text, target };
}

function evaluateMember(evaluator: Evaluator, expression: MemberExpression, environment: Environment): Value {
  const { object, member } = expression;
  if (object.kind === 'name-expression' && isFigure(evaluator, object, environment)) {
    const value = evaluator.figures?.(object.name, member.text, new Map());
    if (value !== undefined) return value;
  }
  const value = evaluate(evaluator, object, environment);
  if (isUnknown(value)) return unknown;
  const shape = typeof value === 'object' && value.kind === 'tensor' ? value.shape : undefined;
  const part = shape === undefined ? undefined : partOfTensor(shape, member.text);
  if (part !== undefined) return part;
  const of = shape === undefined ? describeValue(value) : `a tensor of ${String(shape.length)} sizes`;
  const has =
    shape === undefined
      ? 'only tensors have parts'
      : `it has ${shape.length === 3 ? '`height`, `width`, ' : ''}\`channels\` and \`shape\``;
  return fail(evaluator, environment.trail, noMember, member.span, { member: member.text, of, has });
}

function isFigure(evaluator: Evaluator, object: NameExpression, environment: Environment): boolean {
  return (
    evaluator.figures !== undefined &&
    lookUp(environment, object.name) === undefined &&
    !environment.module.names.has(object.name)
  );
}

/** `channels` is the last size of any tensor; `height` and `width` are those of an image. */
function partOfTensor(shape: TensorValue['shape'], member: string): Value | undefined {
  switch (member) {
    case 'channels':
      return shape.at(-1);
    case 'height':
      return shape.length === 3 ? shape[0] : undefined;
    case 'width':
      return shape.length === 3 ? shape[1] : undefined;
    case 'shape':
      return listOf(shape);
    default:
      return undefined;
  }
}

function evaluateIndex(evaluator: Evaluator, expression: IndexExpression, environment: Environment): Value {
  const list = evaluate(evaluator, expression.object, environment);
  const index = evaluate(evaluator, expression.index, environment);
  if (isUnknown(list) || isUnknown(index)) return unknown;
  if (typeof list !== 'object' || list.kind !== 'list') {
    const facts = { what: 'what stands before `[`', expected: 'a list', got: describeValue(list) };
    return fail(evaluator, environment.trail, wrongKind, expression.object.span, facts);
  }
  if (typeof index !== 'number') {
    const facts = { what: 'a place in a list', expected: 'a whole number', got: describeValue(index) };
    return fail(evaluator, environment.trail, wrongKind, expression.index.span, facts);
  }
  const item = list.items[index];
  if (item !== undefined) return item;
  const facts = { index: String(index), length: list.items.length };
  return fail(evaluator, environment.trail, noSuchItem, expression.index.span, facts);
}

function evaluateCall(evaluator: Evaluator, expression: CallExpression, environment: Environment): Value {
  const { callee } = expression;
  if (
    callee.kind === 'member' &&
    callee.object.kind === 'name-expression' &&
    isFigure(evaluator, callee.object, environment)
  ) {
    const value = evaluator.figures?.(
      callee.object.name,
      callee.member.text,
      settingsOf(evaluator, expression.arguments, environment),
    );
    if (value !== undefined) return value;
  }
  if (callee.kind === 'name-expression') {
    const isOwn = lookUp(environment, callee.name) !== undefined || environment.module.names.has(callee.name);
    const builtin = isOwn ? undefined : builtinFunctions.get(callee.name);
    if (builtin !== undefined) return applyBuiltin(evaluator, expression, environment, builtin);
  }
  const value = evaluate(evaluator, callee, environment);
  if (isUnknown(value)) return unknown;
  if (typeof value === 'object' && value.kind === 'function') {
    return applyFunction(evaluator, functionBehind(value), expression, environment);
  }
  const facts = { what: 'what stands before `(`', expected: 'a function', got: describeValue(value) };
  return fail(evaluator, environment.trail, wrongKind, callee.span, facts);
}

/** The settings of a figure, `batch = 32, optimizer = adam`: a bare word that is no name here stands for itself. */
function settingsOf(
  evaluator: Evaluator,
  given: readonly Argument[],
  environment: Environment,
): ReadonlyMap<string, Value> {
  const settings = new Map<string, Value>();
  for (const { name, value } of given) {
    const isWord = value.kind === 'name-expression' && lookUp(environment, value.name) === undefined;
    const word: Value = isWord ? { kind: 'word', text: value.name } : evaluate(evaluator, value, environment);
    settings.set(name?.text ?? '', word);
  }
  return settings;
}

function applyBuiltin(
  evaluator: Evaluator,
  expression: CallExpression,
  environment: Environment,
  builtin: BuiltinFunction,
): Value {
  const values = expression.arguments.map(({ value }) => evaluate(evaluator, value, environment));
  if (values.some(isUnknown)) return unknown;
  const applied = builtin.apply(values);
  if (applied.ok) return applied.value;
  const facts = { signature: builtin.signature, why: applied.why };
  const got = values.map(describeValue).join(', ');
  return fail(evaluator, environment.trail, wrongCall, expression.span, facts, {
    label: got === '' ? 'nothing is given' : `given ${got}`,
  });
}

function applyFunction(
  evaluator: Evaluator,
  target: FunctionTarget,
  expression: CallExpression,
  environment: Environment,
): Value {
  const { depth, callDepth } = evaluator;
  if (depth.calls >= callDepth) {
    const facts = {
      what: 'functions within functions',
      limit: callDepth,
      got: 'more',
      flag: '--limit-call-depth',
    };
    return fail(evaluator, environment.trail, limitExceeded, expression.span, facts);
  }
  const parameters = target.tree.parameters ?? [];
  const { bound, mistakes } = bindArguments(parameters, expression.arguments, new Set());
  if (mistakes.length > 0) return unknown;
  const values = new Map<string, Value>();
  for (const [name, argument] of bound) values.set(name, evaluate(evaluator, argument.value, environment));
  const body = inner(target.environment, environment.trail);
  depth.calls += 1;
  setParameters(evaluator, parameters, values, body);
  const value = evaluate(evaluator, target.tree.value, body);
  depth.calls -= 1;
  return value;
}

/** Gives parameters their values, in order, so that a default may use the ones before it. */
export function setParameters(
  evaluator: Evaluator,
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, Value>,
  environment: Environment,
): void {
  for (const { name, default: fallback } of parameters) {
    const value =
      given.get(name.text) ?? (fallback === undefined ? unknown : evaluate(evaluator, fallback, environment));
    environment.names.set(name.text, value);
  }
}

function evaluateBlock(evaluator: Evaluator, expression: BlockValue, environment: Environment): Value {
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
      const bound =
        declaration === undefined ? new Map<string, Value>() : boundByAliases(evaluator, declaration);
      const start: DeclaredTarget = { kind: 'declared', declaration: target.declaration, bound };
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
    values.set(parameter, { value: own, span });
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
    fail(evaluator, environment.trail, wrongKind, activation.span, facts);
  }
  return 'unknown';
}

function bindMore(
  evaluator: Evaluator,
  target: DeclaredTarget,
  call: { readonly name: string; readonly given: readonly Argument[] },
  environment: Environment,
): FoundTarget {
  const { parameters } = target.declaration.tree;
  const { bound: named } = bindArguments(parameters, call.given, new Set(target.bound.keys()));
  const bound = new Map(target.bound);
  const shown: (readonly [string | undefined, Value])[] = [];
  for (const [name, argument] of named) {
    const value = evaluate(evaluator, argument.value, environment);
    bound.set(name, value);
    shown.push([argument.name?.text, value]);
  }
  return { target: { ...target, bound }, text: textOfCall(call.name, shown) };
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
    fail(evaluator, environment.trail, wrongKind, name.span, facts);
    return undefined;
  }
  const target = targetBehind(value);
  if (given.length === 0) return { target, text: value.text };
  switch (target.kind) {
    case 'declared':
      return bindMore(evaluator, target, { name: nameIn(value.text), given }, environment);
    case 'layer':
      return {
        target: { ...target, values: addValues(evaluator, target, given, environment) },
        text: value.text,
      };
    case 'shared':
      return { target, text: value.text };
  }
}

function addValues(
  evaluator: Evaluator,
  target: LayerTarget,
  given: readonly Argument[],
  environment: Environment,
): ReadonlyMap<string, PlacedValue> {
  const op: AnyOp = ops[target.op];
  const values = new Map(target.values);
  for (const { name, value, span } of given) {
    const place = name?.text ?? op.positional.find((parameter) => !values.has(parameter));
    if (place !== undefined) values.set(place, { value: evaluate(evaluator, value, environment), span });
  }
  return values;
}

function nameIn(text: string): string {
  const end = text.indexOf('<');
  return end < 0 ? text : text.slice(0, end);
}

function evaluateOperation(evaluator: Evaluator, expression: Operation, environment: Environment): Value {
  const last = expression.rest.at(-1);
  if (last === undefined) return evaluate(evaluator, expression.first, environment);
  if (last.operator === 'and' || last.operator === 'or')
    return evaluateLogic(evaluator, expression, last.operator, environment);
  if (last.operator === '^') return evaluatePower(evaluator, expression, environment);
  let left = evaluate(evaluator, expression.first, environment);
  for (const { operator, operand } of expression.rest) {
    const right = evaluate(evaluator, operand, environment);
    left = operate(evaluator, { operator, left, right, span: expression.span, trail: environment.trail });
  }
  return left;
}

/** `a ^ b ^ c` is a ^ (b ^ c). */
function evaluatePower(evaluator: Evaluator, expression: Operation, environment: Environment): Value {
  const values = [expression.first, ...expression.rest.map(({ operand }) => operand)].map((operand) =>
    evaluate(evaluator, operand, environment),
  );
  return values.reduceRight((right, left) =>
    operate(evaluator, { operator: '^', left, right, span: expression.span, trail: environment.trail }),
  );
}

/** What stands behind a deciding operand isn't evaluated. */
function evaluateLogic(
  evaluator: Evaluator,
  expression: Operation,
  operator: 'and' | 'or',
  environment: Environment,
): Value {
  const decides = operator === 'or';
  for (const operand of [expression.first, ...expression.rest.map((part) => part.operand)]) {
    const value = conditionOf(evaluator, operand, environment);
    if (value === undefined) return unknown;
    if (value === decides) return decides;
  }
  return !decides;
}

/** The truth of a condition, `undefined` where a mistake was reported. */
export function conditionOf(
  evaluator: Evaluator,
  expression: Expression,
  environment: Environment,
): boolean | undefined {
  const value = evaluate(evaluator, expression, environment);
  if (typeof value === 'boolean') return value;
  if (isUnknown(value)) return undefined;
  fail(evaluator, environment.trail, notACondition, expression.span, { got: describeValue(value) });
  return undefined;
}

function evaluateUnary(evaluator: Evaluator, expression: Unary, environment: Environment): Value {
  let value: Value = evaluate(evaluator, expression.operand, environment);
  for (const operator of expression.operators.toReversed()) {
    if (isUnknown(value)) return unknown;
    if (operator === 'not' && typeof value === 'boolean') value = !value;
    else if (operator === '-' && isNumber(value)) value = negate(value);
    else {
      const expected = operator === '-' ? 'a number' : '`true` or `false`';
      const facts = { what: `what stands behind \`${operator}\``, expected, got: describeValue(value) };
      return fail(evaluator, environment.trail, wrongKind, expression.operand.span, facts);
    }
  }
  return value;
}

function evaluateConditional(evaluator: Evaluator, expression: Conditional, environment: Environment): Value {
  for (const { condition, value } of expression.branches) {
    const holds = conditionOf(evaluator, condition, environment);
    if (holds === undefined) return unknown;
    if (holds) return evaluate(evaluator, value, environment);
  }
  return evaluate(evaluator, expression.otherwise, environment);
}

/** A whole, closed number out of a value, else a reported mistake. */
export function tellOpen(evaluator: Evaluator, value: Value, span: Span, trail: Trail | undefined): boolean {
  if (!isNumber(value) || !isOpen(value)) return false;
  fail(evaluator, trail, needsSize, span, { what: `\`${textOf(span)}\``, sizes: openSizes(value) });
  return true;
}

/** The items of a list, or the numbers of a range. */
export function itemsOf(value: Value): ListValue['items'] | undefined {
  return typeof value === 'object' && value.kind === 'list' ? value.items : undefined;
}
