import type { Problem } from '../../diagnostics/problem.js';
import { textOf, type Span } from '../../diagnostics/source.js';
import type { OperatorText } from '../../parser/ast.js';
import type { Trail } from '../ir/graph.js';
import {
  add,
  divide,
  equals,
  isAtLeast,
  isOpen,
  isTooLarge,
  isWhole,
  multiply,
  power,
  subtract,
  type Exact,
} from '../values/exact.js';
import { describeValue, isNumber, isUnknown, openSizesIn } from '../values/kinds.js';
import { unknown, type Value } from '../values/value.js';
import { fail, type Evaluator } from './evaluator.js';
import { divisionByZero, needsSize, notExact, tooLargeNumber, wrongOperands } from './problems.js';

/** An operator between two values. */
export interface Applied {
  readonly operator: OperatorText;
  readonly left: Value;
  readonly right: Value;
  readonly span: Span;
  readonly trail: Trail | undefined;
}

/** What an operator makes of two values. */
export function operate(evaluator: Pick<Evaluator, 'report'>, applied: Applied): Value {
  const { operator, left, right } = applied;
  if (isUnknown(left) || isUnknown(right)) return unknown;
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return isNumber(left) && isNumber(right)
        ? arithmetic(evaluator, applied, operator, [left, right])
        : wrong(evaluator, applied);
    case '==':
    case '!=': {
      const same = sameValue(left, right);
      if (same === undefined) return open(evaluator, applied);
      return operator === '==' ? same : !same;
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(evaluator, applied, operator);
    case 'in':
    case 'not in': {
      const found = contains(left, right);
      if (found === undefined) return wrong(evaluator, applied);
      return operator === 'in' ? found : !found;
    }
    case 'and':
    case 'or':
      return wrong(evaluator, applied);
  }
}

function arithmetic(
  evaluator: Pick<Evaluator, 'report'>,
  applied: Applied,
  operator: '+' | '-' | '*' | '/' | '^',
  [left, right]: readonly [Exact, Exact],
): Value {
  const value = result(operator, left, right);
  if (value !== undefined && !isTooLarge(value)) return value;
  const { span, trail } = applied;
  const facts = { text: textOf(span) };
  if (value !== undefined) return fail(evaluator, tooLargeNumber, facts, { span, trail });
  if (isOpen(left) || isOpen(right)) return open(evaluator, applied);
  return fail(evaluator, reason(operator, left, right), facts, { span, trail });
}

/** Why two closed numbers have no result: only `/` and `^` lack one. */
function reason(operator: OperatorText, left: Exact, right: Exact): Problem<{ readonly text: string }> {
  if (operator === '/' || left === 0) return divisionByZero;
  return isWhole(right) === true ? tooLargeNumber : notExact;
}

function result(operator: '+' | '-' | '*' | '/' | '^', left: Exact, right: Exact): Exact | undefined {
  switch (operator) {
    case '+':
      return add(left, right);
    case '-':
      return subtract(left, right);
    case '*':
      return multiply(left, right);
    case '/':
      return divide(left, right);
    case '^':
      return power(left, right);
  }
}

function wrong(evaluator: Pick<Evaluator, 'report'>, applied: Applied): Value {
  const { operator, left, right, span, trail } = applied;
  const facts = { operator, left: describeValue(left), right: describeValue(right) };
  return fail(evaluator, wrongOperands, facts, { span, trail });
}

function open(evaluator: Pick<Evaluator, 'report'>, applied: Applied): Value {
  const { left, right, span, trail } = applied;
  const sizes = [left, right].flatMap(openSizesIn);
  return fail(
    evaluator,
    needsSize,
    { what: `\`${textOf(span)}\``, sizes: [...new Set(sizes)] },
    { span, trail },
  );
}

function ordered(
  evaluator: Pick<Evaluator, 'report'>,
  applied: Applied,
  operator: '<' | '<=' | '>' | '>=',
): Value {
  const pairs = pairsOf(applied.left, applied.right);
  if (pairs === undefined) return wrong(evaluator, applied);
  for (const [left, right] of pairs) {
    const isSo = compared(operator, left, right);
    if (isSo === undefined) return open(evaluator, applied);
    if (!isSo) return false;
  }
  return true;
}

/** `a < b` is what `a >= b` is not, so two questions serve four operators, also where sizes are open. */
function compared(operator: '<' | '<=' | '>' | '>=', left: Exact, right: Exact): boolean | undefined {
  switch (operator) {
    case '<':
      return negated(isAtLeast(left, right));
    case '<=':
      return isAtLeast(right, left);
    case '>':
      return negated(isAtLeast(right, left));
    case '>=':
      return isAtLeast(left, right);
  }
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

/** Two numbers, or a size beside a number or another size: then every one of its sizes is compared. */
function pairsOf(left: Value, right: Value): readonly (readonly [Exact, Exact])[] | undefined {
  const these = numbersOf(left);
  const those = numbersOf(right);
  if (these === undefined || those === undefined) return undefined;
  const length = Math.max(these.length, those.length);
  const fits = (numbers: readonly Exact[]): boolean => numbers.length === length || numbers.length === 1;
  if (!fits(these) || !fits(those) || length === 0) return undefined;
  return Array.from(
    { length },
    (_, place) => [these[place] ?? these[0] ?? 0, those[place] ?? those[0] ?? 0] as const,
  );
}

function numbersOf(value: Value): readonly Exact[] | undefined {
  if (isNumber(value)) return [value];
  if (typeof value !== 'object' || value.kind !== 'list') return undefined;
  const numbers = value.items.filter(isNumber);
  return numbers.length === value.items.length ? numbers : undefined;
}

/** Equality of any two values; a list of one number equals that number. `undefined` where it depends on an open size. */
function sameValue(left: Value, right: Value): boolean | undefined {
  if (isNumber(left) && isNumber(right)) return equals(left, right);
  const these = itemsOf(left);
  const those = itemsOf(right);
  if (these === undefined || those === undefined) return left === right;
  if (these.length !== those.length) return false;
  let all: boolean | undefined = true;
  for (const [place, item] of these.entries()) {
    const other = those[place];
    const same = other === undefined ? false : sameValue(item, other);
    if (same === false) return false;
    if (same === undefined) all = undefined;
  }
  return all;
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (isNumber(value)) return [value];
  if (typeof value !== 'object') return undefined;
  if (value.kind === 'tensor') return value.shape;
  return value.kind === 'list' ? value.items : undefined;
}

function contains(item: Value, list: Value): boolean | undefined {
  if (typeof list !== 'object') return undefined;
  if (list.kind === 'list') return list.items.some((candidate) => sameValue(item, candidate) === true);
  if (list.kind !== 'range' || !isNumber(item)) return undefined;
  return isAtLeast(item, list.from) === true && isAtLeast(item, list.to) === false;
}
