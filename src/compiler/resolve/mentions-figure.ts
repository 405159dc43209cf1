import type { Expression } from '../../parser/ast.js';
import { type Context } from './context.js';
import { figureParts, figuresOfParts } from './figures.js';
import { findLocal } from './scope.js';

/** True where an expression asks for a figure, and the name isn't one in scope. */
export function mentionsFigure(context: Context, expression: Expression): boolean {
  switch (expression.kind) {
    case 'name-expression':
      return (
        figureParts.has(expression.name) &&
        findLocal(context.scope, expression.name) === undefined &&
        !context.module.names.has(expression.name)
      );
    case 'member':
      return (
        (expression.object.kind === 'name-expression' && figuresOfParts.has(expression.member.text)) ||
        mentionsFigure(context, expression.object)
      );
    case 'index':
      return mentionsFigure(context, expression.object) || mentionsFigure(context, expression.index);
    case 'call-expression':
      return (
        mentionsFigure(context, expression.callee) ||
        expression.arguments.some(({ value }) => mentionsFigure(context, value))
      );
    case 'list':
    case 'tuple':
      return expression.items.some((item) => mentionsFigure(context, item));
    case 'operation':
      return (
        mentionsFigure(context, expression.first) ||
        expression.rest.some(({ operand }) => mentionsFigure(context, operand))
      );
    case 'unary':
      return mentionsFigure(context, expression.operand);
    case 'conditional':
      return (
        expression.branches.some(
          ({ condition, value }) => mentionsFigure(context, condition) || mentionsFigure(context, value),
        ) || mentionsFigure(context, expression.otherwise)
      );
    case 'range':
      return mentionsFigure(context, expression.from) || mentionsFigure(context, expression.to);
    default:
      return false;
  }
}
