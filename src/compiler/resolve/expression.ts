import type { Span } from '../../diagnostics/source.js';
import type { CallExpression, Expression, MemberExpression, NameExpression } from '../../parser/ast.js';
import { builtinFunctions } from '../values/functions.js';
import { opNames, opNamed } from '../ops/registry.js';
import { bindArguments, tellMistakes } from './arguments.js';
import { isDeclaration, meaningOf, offer, tell, type Context } from './context.js';
import { describeDeclaration } from './declarations.js';
import { figureParts } from './figures.js';
import { inOutsideBlock, misplaced, unknownMember, unknownName } from './problems.js';
import { inTurn, visibleNames } from './scope.js';

/** Checks the names in an expression; `words` are bare words that have a meaning where it stands. */
export function resolveExpression(
  context: Context,
  expression: Expression,
  words: readonly string[] = [],
): void {
  switch (expression.kind) {
    case 'number':
    case 'size':
    case 'string':
    case 'boolean':
    case 'missing':
      return;
    case 'list':
    case 'tuple':
      for (const item of expression.items) resolveExpression(context, item, words);
      return;
    case 'range':
      resolveExpression(context, expression.from);
      resolveExpression(context, expression.to);
      return;
    case 'strided':
      resolveExpression(context, expression.window);
      resolveExpression(context, expression.stride);
      return;
    case 'name-expression':
      if (!words.includes(expression.name)) resolveName(context, expression);
      return;
    case 'in':
      if (!context.hasInput) tell(context, inOutsideBlock, undefined, { span: expression.span });
      return;
    case 'member':
      resolveMember(context, expression);
      return;
    case 'index':
      resolveExpression(context, expression.object);
      resolveExpression(context, expression.index);
      return;
    case 'call-expression':
      resolveCall(context, expression);
      return;
    case 'block-value':
      context.gathered.bindBlock(context, expression);
      return;
    case 'operation':
      resolveExpression(context, expression.first);
      for (const { operand } of expression.rest) resolveExpression(context, operand);
      return;
    case 'unary':
      resolveExpression(context, expression.operand);
      return;
    case 'conditional':
      for (const { condition, value } of expression.branches) {
        resolveExpression(context, condition);
        resolveExpression(context, value, words);
      }
      resolveExpression(context, expression.otherwise, words);
      return;
  }
}

function resolveName(context: Context, expression: NameExpression): void {
  const { name, span } = expression;
  if (meaningOf(context, name, span) !== undefined) return;
  if (figureParts.has(name)) {
    if (!context.hasFigures) {
      tell(context, misplaced, { what: `the figure \`${name}\``, where: 'outside of an `assert`' }, { span });
    }
    return;
  }
  if (opNamed(name) === undefined) tellUnknownName(context, name, span);
}

function tellUnknownName(context: Context, name: string, span: Span): void {
  const figures = context.hasFigures ? figureParts.keys() : [];
  const candidates = inTurn<string>(
    visibleNames(context.scope),
    context.module.names.keys(),
    figures,
    builtinFunctions.keys(),
    opNames,
  );
  tell(context, unknownName, { name }, { span, ...offer(context, name, span, candidates) });
}

function resolveMember(context: Context, expression: MemberExpression): void {
  const { object, member } = expression;
  const figure =
    object.kind === 'name-expression' && context.hasFigures ? figureParts.get(object.name) : undefined;
  resolveExpression(context, object);
  if (figure !== undefined && object.kind === 'name-expression' && !figure.includes(member.text)) {
    const facts = { member: member.text, of: `the figure \`${object.name}\`` };
    tell(context, unknownMember, facts, {
      span: member.span,
      ...offer(context, member.text, member.span, figure),
    });
  }
}

function resolveCall(context: Context, expression: CallExpression): void {
  const { callee } = expression;
  for (const { value } of expression.arguments) resolveExpression(context, value, figureWords(callee, value));
  if (callee.kind !== 'name-expression') {
    resolveExpression(context, callee);
    return;
  }
  const meaning = meaningOf(context, callee.name, callee.span);
  if (meaning === undefined) {
    if (!builtinFunctions.has(callee.name)) tellUnknownName(context, callee.name, callee.span);
    return;
  }
  const parameters = isDeclaration(meaning) && meaning.kind === 'let' ? meaning.tree.parameters : undefined;
  if (parameters === undefined) {
    if (isDeclaration(meaning)) {
      tell(
        context,
        misplaced,
        {
          what: `the ${describeDeclaration(meaning)} \`${callee.name}\``,
          where: 'where a function is called',
        },
        { span: callee.span },
      );
    }
    return;
  }
  const { mistakes } = bindArguments(parameters, expression.arguments, new Set());
  tellMistakes(context, mistakes, { of: callee.name, span: expression.span, parameters });
}

/** In `memory.training(optimizer = adam)` a bare word stands for itself: the figure knows its own. */
function figureWords(callee: Expression, value: Expression): readonly string[] {
  return callee.kind === 'member' && value.kind === 'name-expression' ? [value.name] : [];
}
