import { foreignLayer } from './foreign-names.js';
import type { Layer, Name } from '../../parser/ast.js';
import { opNamed, opNames } from '../ops/registry.js';
import type { StepBinding } from './bindings.js';
import { isDeclaration, meaningOf, offer, silently, tell, type Context } from './context.js';
import { describeDeclaration, type Declaration } from './declarations.js';
import { resolveExpression } from './expression.js';
import { bindLayer } from './layer.js';
import { blockWithoutAngles, unknownLayer } from './problems.js';
import { findLocal, inTurn, visibleNames, type LocalKind } from './scope.js';

import { bindInput, bindOutput } from './ends.js';

/** Finds what a step without angle brackets means. */
export function bindStep(context: Context, step: Layer): StepBinding {
  const { text, span } = step.name;
  const meaning = findLocal(context.scope, text) ?? context.module.names.get(text);
  if (meaning !== undefined && !(isDeclaration(meaning) && meaning.kind === 'let') && isCallable(meaning)) {
    meaningOf(context, text, span);
    const kind = isDeclaration(meaning) ? describeDeclaration(meaning) : meaning.kind;
    tell(context, blockWithoutAngles, { name: text, kind }, { span, ...anglesFor(step) });
    return failed(context, step);
  }
  if (text === 'output') return bindOutput(context, step);
  const found = opNamed(text);
  if (found === undefined) {
    tellUnknownLayer(context, step.name);
    return failed(context, step);
  }
  if (found.op.category === 'input') return bindInput(context, step);
  return bindLayer(context, found.kind, step);
}

/** What stands behind a name without a meaning is read all the same, so that what it names counts as used. */
function failed(context: Context, step: Layer): StepBinding {
  const silent = silently(context);
  for (const { value } of step.arguments) resolveExpression(silent, value);
  return { kind: 'failed' };
}

function isCallable(meaning: { readonly kind: LocalKind | Declaration['kind'] }): boolean {
  return ['block parameter', 'shared part', 'block', 'alias'].includes(meaning.kind);
}

function anglesFor(step: Layer): { readonly help: string } {
  const written = step.arguments.map(({ span }) => span.source.text.slice(span.start, span.end)).join(', ');
  return { help: `write \`${step.name.text}<${written}>\`` };
}

/** Reports a name that no layer has. */
export function tellUnknownLayer(context: Context, name: Name): void {
  const { text, span } = name;
  const foreign = foreignLayer(text);
  const here = [visibleNames(context.scope), context.module.names.keys()];
  const details =
    foreign === undefined
      ? offer(context, text, span, inTurn<string>(opNames, ['output'], ...here))
      : { help: `it is written \`${foreign}\` here` };
  tell(context, unknownLayer, { name: text }, { span, ...details });
}
