import type { Expression, Layer, Name } from '../../parser/ast.js';
import type { StepBinding } from './bindings.js';
import { offer, tell, type Context } from './context.js';
import { resolveExpression } from './expression.js';
import {
  misplaced,
  missingArgument,
  repeatedArgument,
  surplusArgument,
  unknownParameter,
} from './problems.js';

import { declare } from './declare.js';

/** `input depth 224x224x1`: a name if there are two arguments, and the size. */
export function bindInput(context: Context, step: Layer): StepBinding {
  if (!context.isModel) {
    tell(
      context,
      misplaced,
      { what: '`input`', where: 'outside of a model' },
      { span: step.name.span, help: 'a block takes the tensor that arrives: `in`' },
    );
    return { kind: 'failed' };
  }
  const [first, second, surplus] = step.arguments;
  const written = first?.name === undefined && second !== undefined ? first?.value : undefined;
  const named = written?.kind === 'name-expression' ? written : undefined;
  const size = named === undefined ? first : second;
  if (size === undefined) {
    tell(
      context,
      missingArgument,
      {
        name: 'shape',
        of: 'input',
        example: 'input 224x224x3',
      },
      { span: step.name.span },
    );
    return { kind: 'failed' };
  }
  const beyond = named === undefined ? second : surplus;
  if (beyond !== undefined)
    tell(context, surplusArgument, { of: 'input', takes: 'a name and a size' }, { span: beyond.span });
  if (size.name !== undefined && size.name.text !== 'shape') {
    tell(context, unknownParameter, { name: size.name.text, of: 'input' }, { span: size.name.span });
  }
  resolveExpression(context, size.value);
  const name = named === undefined ? undefined : nameFrom(named);
  if (name !== undefined) declare(context, name, 'tensor');
  return { kind: 'input', name, size: size.value };
}

function nameFrom(expression: Extract<Expression, { kind: 'name-expression' }>): Name {
  return { kind: 'name', text: expression.name, span: expression.span };
}

/** `output aux1 weight=0.3 training`. */
export function bindOutput(context: Context, step: Layer): StepBinding {
  if (!context.isModel) {
    tell(
      context,
      misplaced,
      { what: '`output`', where: 'outside of a model' },
      {
        span: step.name.span,
        help: 'the last tensor of a block is what it gives; declare the output in the model',
      },
    );
    return { kind: 'failed' };
  }
  let name: Name | undefined;
  let weight: Expression | undefined;
  let training = false;
  for (const argument of step.arguments) {
    const { value } = argument;
    if (argument.name !== undefined) {
      if (argument.name.text !== 'weight') {
        const facts = { name: argument.name.text, of: 'output' };
        tell(context, unknownParameter, facts, {
          span: argument.name.span,
          ...offer(context, argument.name.text, argument.name.span, ['weight']),
        });
      } else if (weight !== undefined)
        tell(context, repeatedArgument, { name: 'weight', of: 'output' }, { span: argument.span });
      resolveExpression(context, value);
      weight ??= value;
    } else if (value.kind === 'name-expression' && value.name === 'training') training = true;
    else if (value.kind === 'name-expression' && name === undefined) name = nameFrom(value);
    else
      tell(
        context,
        surplusArgument,
        {
          of: 'output',
          takes: 'a name, `weight=`, and the word `training`',
        },
        { span: argument.span },
      );
  }
  return { kind: 'output', name, weight, training };
}
