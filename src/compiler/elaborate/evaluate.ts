import type {
  Argument,
  CallExpression,
  Conditional,
  Expression,
  IndexExpression,
  Let,
  ListExpression,
  MemberExpression,
  NameExpression,
  Operation,
  Parameter,
  RangeExpression,
  Strided,
  TupleExpression,
  Unary,
} from '../../parser/ast.js';
import { opNamed } from '../ops/registry.js';
import { bindArguments } from '../resolve/arguments.js';
import { followAliases } from '../resolve/call.js';
import type { Declaration } from '../resolve/declarations.js';
import { figuresOfParts } from '../resolve/figures.js';
import { limitExceeded } from '../resolve/problems.js';
import { exact, negate, toGrouped } from '../values/exact.js';
import { builtinFunctions, type BuiltinFunction } from '../values/functions.js';
import { describeValue, isNumber, isUnknown } from '../values/kinds.js';
import { listOf, unknown, type ListValue, type Value } from '../values/value.js';
import { failArguments } from './argument-mistakes.js';
import { aliasArguments, type AliasArgument } from './alias-arguments.js';
import { inner, lookUp, outermost, type Environment } from './environment.js';
import { itemsWithin, limitMet, maximumItems, stepsFor } from './effort.js';
import { exhaust } from './exhaust.js';
import { fail, type Evaluator } from './evaluator.js';
import { partOfTensor } from './tensor-parts.js';
import { operate } from './operators.js';
import { noMember, noSuchItem, notACondition, wrongCall, wrongKind } from './problems.js';
import { bareLayer, blockOf, functionBehind, type DeclaredTarget, type FunctionTarget } from './targets.js';

/** The value of an expression; a mistake is reported once, and its value is unknown. */
export function evaluate(evaluator: Evaluator, expression: Expression, environment: Environment): Value {
  const { effort } = evaluator;
  const exceeded = limitMet(effort);
  if (exceeded !== undefined) return exhaust(evaluator, exceeded, expression.span, environment.trail);
  effort.levels += 1;
  const value = evaluateHere(evaluator, expression, environment);
  effort.levels -= 1;
  effort.steps -= stepsFor(value);
  return value;
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
      return evaluateList(evaluator, expression, environment);
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
      return evaluator.block(evaluator, expression, environment);
    case 'operation':
      return evaluateOperation(evaluator, expression, environment);
    case 'unary':
      return evaluateUnary(evaluator, expression, environment);
    case 'conditional':
      return evaluateConditional(evaluator, expression, environment);
  }
}

/** A list with an item that is unknown is unknown itself, so that none has to be searched for one. */
function evaluateList(
  evaluator: Evaluator,
  expression: ListExpression | TupleExpression,
  environment: Environment,
): Value {
  const items = expression.items.map((item) => evaluate(evaluator, item, environment));
  if (items.some(isUnknown)) return unknown;
  const list = listOf(items, expression.kind);
  if (itemsWithin(list) <= maximumItems) return list;
  const facts = { what: 'items in a list', limit: maximumItems, got: toGrouped(itemsWithin(list)) };
  return fail(evaluator, limitExceeded, facts, { span: expression.span, trail: environment.trail });
}

function evaluateRange(evaluator: Evaluator, expression: RangeExpression, environment: Environment): Value {
  const from = evaluate(evaluator, expression.from, environment);
  const to = evaluate(evaluator, expression.to, environment);
  if (isUnknown(from) || isUnknown(to)) return unknown;
  if (isNumber(from) && isNumber(to)) return { kind: 'range', from, to };
  const [wrong, span] = isNumber(from) ? [to, expression.to.span] : [from, expression.from.span];
  const facts = { what: 'an end of a range', expected: 'a number', got: describeValue(wrong) };
  return fail(evaluator, wrongKind, facts, { span, trail: environment.trail });
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
  return fail(evaluator, wrongKind, facts, { span: expression.stride.span, trail: environment.trail });
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
    { kind: 'declared', declaration: target.declaration, ...boundByAliases(evaluator, declaration) },
    name,
  );
}

/** The values that the instances between a name and its model bind, and where they stand. */
export function boundByAliases(
  evaluator: Evaluator,
  start: Declaration,
): Pick<DeclaredTarget, 'bound' | 'places'> {
  const given = aliasArguments(start);
  const valueOf = ({ value, module }: AliasArgument): Value => evaluate(evaluator, value, outermost(module));
  return {
    bound: new Map(given.map((argument) => [argument.parameter, valueOf(argument)])),
    places: new Map(given.map(({ parameter, span }) => [parameter, span])),
  };
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
  const tensor = typeof value === 'object' && value.kind === 'tensor' ? value : undefined;
  if (tensor !== undefined && evaluator.figuresOf !== undefined && figuresOfParts.has(member.text))
    return evaluator.figuresOf(tensor, member.text);
  const shape = tensor?.shape;
  const part = shape === undefined ? undefined : partOfTensor(shape, member.text);
  if (part !== undefined) return part;
  const of =
    shape === undefined
      ? describeValue(value)
      : `a tensor of ${shape.length === 1 ? 'one size' : `${String(shape.length)} sizes`}`;
  const has =
    shape === undefined
      ? 'only tensors have parts'
      : `it has ${shape.length === 3 ? '`height`, `width`, ' : ''}\`channels\` and \`shape\``;
  return fail(
    evaluator,
    noMember,
    { member: member.text, of, has },
    { span: member.span, trail: environment.trail },
  );
}

function isFigure(evaluator: Evaluator, object: NameExpression, environment: Environment): boolean {
  return (
    evaluator.figures !== undefined &&
    lookUp(environment, object.name) === undefined &&
    !environment.module.names.has(object.name)
  );
}

function evaluateIndex(evaluator: Evaluator, expression: IndexExpression, environment: Environment): Value {
  const list = evaluate(evaluator, expression.object, environment);
  const index = evaluate(evaluator, expression.index, environment);
  if (isUnknown(list) || isUnknown(index)) return unknown;
  if (typeof list !== 'object' || list.kind !== 'list') {
    const facts = { what: 'what stands before `[`', expected: 'a list', got: describeValue(list) };
    return fail(evaluator, wrongKind, facts, { span: expression.object.span, trail: environment.trail });
  }
  if (typeof index !== 'number') {
    const facts = { what: 'a place in a list', expected: 'a whole number', got: describeValue(index) };
    return fail(evaluator, wrongKind, facts, { span: expression.index.span, trail: environment.trail });
  }
  const item = list.items[index];
  if (item !== undefined) return item;
  const facts = { index: String(index), length: list.items.length };
  return fail(evaluator, noSuchItem, facts, { span: expression.index.span, trail: environment.trail });
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
  return fail(evaluator, wrongKind, facts, { span: callee.span, trail: environment.trail });
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
  return fail(evaluator, wrongCall, facts, {
    span: expression.span,
    trail: environment.trail,
    label: got === '' ? 'nothing is given' : `given ${got}`,
  });
}

function applyFunction(
  evaluator: Evaluator,
  target: FunctionTarget,
  expression: CallExpression,
  environment: Environment,
): Value {
  const { effort, callDepth } = evaluator;
  if (effort.calls >= callDepth) {
    const facts = {
      what: 'functions within functions',
      limit: callDepth,
      got: 'more',
      flag: '--limit-call-depth',
    };
    return fail(evaluator, limitExceeded, facts, { span: expression.span, trail: environment.trail });
  }
  const parameters = target.tree.parameters ?? [];
  const { bound, mistakes } = bindArguments(parameters, expression.arguments, new Set());
  if (mistakes.length > 0) {
    const call = { of: target.tree.name.text, parameters, span: expression.span, trail: environment.trail };
    failArguments(evaluator, mistakes, call);
    return unknown;
  }
  const values = new Map<string, Value>();
  for (const [name, argument] of bound) values.set(name, evaluate(evaluator, argument.value, environment));
  const body = inner(target.environment, environment.trail);
  effort.calls += 1;
  setParameters(evaluator, parameters, values, body);
  const value = evaluate(evaluator, target.tree.value, body);
  effort.calls -= 1;
  return value;
}

/** Gives parameters their values, in order, so that a default may use the ones before it. */
function setParameters(
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
  fail(
    evaluator,
    notACondition,
    { got: describeValue(value) },
    { span: expression.span, trail: environment.trail },
  );
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
      return fail(evaluator, wrongKind, facts, { span: expression.operand.span, trail: environment.trail });
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

/** The items of a list, or the numbers of a range. */
export function itemsOf(value: Value): ListValue['items'] | undefined {
  return typeof value === 'object' && value.kind === 'list' ? value.items : undefined;
}
