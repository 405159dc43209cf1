import type { Argument, Expression } from '../../src/parser/ast.js';

/** An expression with all its parentheses, so that a test shows in one line what binds to what. */
export function show(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `${String(expression.numerator)}${expression.denominator === 1n ? '' : `/${String(expression.denominator)}`}`;
    case 'size':
      return expression.sizes.map((size) => (size === undefined ? '?' : String(size))).join('x');
    case 'strided':
      return `{${show(expression.window)} by ${show(expression.stride)}}`;
    case 'string':
      return JSON.stringify(expression.value);
    case 'boolean':
      return String(expression.value);
    case 'list':
      return `[${expression.items.map(show).join(', ')}]`;
    case 'tuple':
      return `(${expression.items.map(show).join(', ')})`;
    case 'range':
      return `{${show(expression.from)} to ${show(expression.to)}}`;
    case 'name-expression':
      return expression.name;
    case 'in':
      return 'in';
    case 'member':
      return `${show(expression.object)}.${expression.member.text}`;
    case 'index':
      return `${show(expression.object)}[${show(expression.index)}]`;
    case 'call-expression':
      return `${show(expression.callee)}(${showArguments(expression.arguments)})`;
    case 'block-value':
      return `${expression.name.text}<${showArguments(expression.arguments)}>`;
    case 'operation':
      return `(${show(expression.first)}${expression.rest.map(({ operator, operand }) => ` ${operator} ${show(operand)}`).join('')})`;
    case 'unary':
      return `(${expression.operators.join(' ')} ${show(expression.operand)})`;
    case 'conditional':
      return `{${expression.branches.map(({ condition, value }) => `${show(condition)} ? ${show(value)}`).join(' : ')} : ${show(expression.otherwise)}}`;
    case 'missing':
      return '<missing>';
  }
}

/** Arguments, with their names where they have one. */
export function showArguments(given: readonly Argument[]): string {
  return given
    .map(({ name, value }) => `${name === undefined ? '' : `${name.text}=`}${show(value)}`)
    .join(', ');
}
