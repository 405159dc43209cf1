import { textOf } from '../diagnostics/source.js';
import type { Argument, Conditional, Expression, Operation, OperatorText, Parameter, Unary } from './ast.js';

/** Where a long statement may go on in the next line: before `->` and before `else`. */
export const softBreak = '\u0000';

/** What stands around an expression: it decides what needs parentheses. */
export type Surroundings = 'whole' | 'named' | 'angle' | 'argument' | 'operand';

/** The text of an expression; parentheses stand where the meaning needs them. */
export function printExpression(expression: Expression, around: Surroundings = 'whole'): string {
  switch (expression.kind) {
    case 'number':
    case 'missing':
      return textWithin(expression);
    case 'string':
      return textOf(expression.span).startsWith('"')
        ? textOf(expression.span)
        : JSON.stringify(expression.value);
    case 'size':
      return expression.sizes.map((size) => (size === undefined ? '?' : String(size))).join('x');
    case 'boolean':
      return String(expression.value);
    case 'name-expression':
      return expression.name;
    case 'in':
      return 'in';
    case 'list':
      return `[${expression.items.map((item) => printExpression(item)).join(', ')}]`;
    case 'tuple':
      return `(${expression.items.map((item) => printExpression(item)).join(', ')})`;
    case 'strided':
      return `${printExpression(expression.window)}/${printExpression(expression.stride, 'operand')}`;
    case 'member':
      return `${printExpression(expression.object, 'operand')}.${expression.member.text}`;
    case 'index':
      return `${printExpression(expression.object, 'operand')}[${printExpression(expression.index)}]`;
    case 'call-expression':
      return `${printExpression(expression.callee, 'operand')}(${expression.arguments.map((given) => printArgument(given, '=')).join(', ')})`;
    case 'block-value':
      return `${expression.name.text}${printAngle(expression.arguments)}`;
    case 'range':
      return enclosed(
        around === 'operand',
        `${printExpression(expression.from, 'operand')}..${printExpression(expression.to, 'operand')}`,
      );
    case 'operation':
      return enclosed(needsParentheses(expression, around), printOperation(expression, around === 'named'));
    case 'unary':
      return enclosed(around === 'argument' || around === 'operand', printUnary(expression));
    case 'conditional':
      return enclosed(around === 'argument' || around === 'operand', printConditional(expression, around));
  }
}

/** A number keeps the form that it was written in, without the parentheses around it. */
function textWithin(expression: Expression): string {
  return textOf(expression.span).replace(/^[(\s]+|[)\s]+$/g, '');
}

function enclosed(isNeeded: boolean, text: string): string {
  return isNeeded ? `(${text})` : text;
}

const comparisons: ReadonlySet<OperatorText> = new Set(['<', '<=', '>', '>=']);

function needsParentheses(expression: Operation, around: Surroundings): boolean {
  if (around === 'argument' || around === 'operand') return true;
  return around === 'angle' && hasComparison(expression);
}

function hasComparison(expression: Operation): boolean {
  const operands = [expression.first, ...expression.rest.map(({ operand }) => operand)];
  return (
    expression.rest.some(({ operator }) => comparisons.has(operator)) ||
    operands.some((operand) => operand.kind === 'operation' && hasComparison(operand))
  );
}

/** Loosest first; unary `-` and `^` bind tighter than all of these. */
const levels: readonly (readonly OperatorText[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>=', 'in', 'not in'],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

function levelOf(operator: OperatorText): number {
  return levels.findIndex((level) => level.includes(operator));
}

const arithmetic: ReadonlySet<OperatorText> = new Set(['+', '-', '*', '/', '^']);

/** Behind `name=`, arithmetic stands without spaces, so that the argument is one word: `scale=1/255`. */
function printOperation(expression: Operation, isTight = false): string {
  const [head] = expression.rest;
  const level = head === undefined ? 0 : levelOf(head.operator);
  const first = printOperand(expression.first, level, true);
  return expression.rest.reduce((text, { operator, operand }) => {
    const gap = isTight && arithmetic.has(operator) ? '' : ' ';
    return `${text}${gap}${operator}${gap}${printOperand(operand, level, false)}`;
  }, first);
}

function printOperand(operand: Expression, level: number, isFirst: boolean): string {
  if (operand.kind === 'operation') {
    const own = levelOf(operand.rest[0]?.operator ?? 'or');
    return own > level ? printOperation(operand) : `(${printOperation(operand)})`;
  }
  if (operand.kind === 'unary') {
    const isNot = operand.operators[0] === 'not';
    const isLoose = isNot ? level >= 2 : level === 5 && isFirst;
    return enclosed(isLoose, printUnary(operand));
  }
  return printExpression(operand, operand.kind === 'range' ? 'whole' : 'operand');
}

function printUnary({ operators, operand }: Unary): string {
  const isNot = operators[0] === 'not';
  const signs = operators.map((operator) => (operator === 'not' ? 'not ' : '-')).join('');
  if (operand.kind === 'operation') {
    const own = levelOf(operand.rest[0]?.operator ?? 'or');
    return own >= (isNot ? 2 : 5)
      ? `${signs}${printOperation(operand)}`
      : `${signs}(${printOperation(operand)})`;
  }
  if (operand.kind === 'unary') return `${signs}(${printUnary(operand)})`;
  return `${signs}${printExpression(operand, operand.kind === 'range' ? 'whole' : 'operand')}`;
}

function printConditional({ branches, otherwise }: Conditional, around: Surroundings): string {
  const within = around === 'angle' ? 'angle' : 'whole';
  const parts = branches.map(
    ({ condition, value }) => `if ${printExpression(condition)} then ${printBranch(value, within)}`,
  );
  const gap = around === 'whole' ? softBreak : ' ';
  return `${parts.join(`${gap}else `)}${gap}else ${printBranch(otherwise, within)}`;
}

/** A conditional inside of a branch would take the `else` that follows. */
function printBranch(value: Expression, around: Surroundings): string {
  return value.kind === 'conditional' ? `(${printExpression(value)})` : printExpression(value, around);
}

/** `<64, stride = 2>`. */
export function printAngle(given: readonly Argument[]): string {
  return `<${given.map((argument) => printArgument(argument, ' = ', 'angle')).join(', ')}>`;
}

/** An argument: `name=value` with a whole expression, else one that needs no parentheses or has them. */
export function printArgument(
  { name, value }: Argument,
  equals: string,
  around: Surroundings = 'whole',
): string {
  if (name === undefined) return printExpression(value, around);
  return `${name.text}${equals}${printExpression(value, around === 'argument' ? 'named' : around)}`;
}

/** `<filters, stride = 1, attention: block = identity>`. */
export function printParameters(
  parameters: readonly Parameter[],
  [open, close]: readonly [string, string],
): string {
  const around = open === '<' ? 'angle' : 'whole';
  const parts = parameters.map(({ name, type, default: value }) => {
    const kind = type === undefined ? '' : `: ${type.text}`;
    return `${name.text}${kind}${value === undefined ? '' : ` = ${printExpression(value, around)}`}`;
  });
  return `${open}${parts.join(', ')}${close}`;
}
