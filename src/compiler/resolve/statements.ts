import type {
  Body,
  Chain,
  For,
  From,
  If,
  Let,
  Name,
  Parameter,
  Repeat,
  Share,
  Statement,
  Step,
} from '../../parser/ast.js';
import { joinNames, opNamed } from '../ops/registry.js';
import { bindCallTarget } from './call.js';
import { isDeclaration, meaningOf, offer, tell, type Context } from './context.js';
import { describeDeclaration } from './declarations.js';
import { resolveExpression } from './expression.js';
import { kindOfParameter, writtenKinds } from './kinds.js';
import { bindDefaults, bindLayer } from './layer.js';
import { notATensor, unknownKind, unknownLayer } from './problems.js';
import { innerScope, visibleNames, type LocalKind } from './scope.js';

import { bindStep, tellUnknownLayer } from './step.js';
import { declare, tellUnused } from './declare.js';
import { mentionsFigure } from './mentions-figure.js';

/** Checks and declares the parameters of a block or a function. */
export function resolveParameters(context: Context, parameters: readonly Parameter[]): void {
  const earlier = new Set<string>();
  for (const parameter of parameters) {
    const { name, type } = parameter;
    if (type !== undefined && !writtenKinds.has(type.text)) {
      tell(
        context,
        unknownKind,
        { kind: type.text },
        { span: type.span, ...offer(context, type.text, type.span, writtenKinds.keys()) },
      );
    }
    if (parameter.default !== undefined) resolveExpression(context, parameter.default);
    const kind = kindOfParameter(parameter, earlier, context.module);
    earlier.add(name.text);
    declare(context, name, kind === 'block' ? 'block parameter' : 'parameter');
  }
}

/** Checks a constant, or a function with its own parameters. */
export function resolveLet(context: Context, tree: Let): void {
  if (tree.parameters === undefined) {
    resolveExpression(context, tree.value);
    return;
  }
  const inner = { ...context, scope: innerScope(context.scope) };
  resolveParameters(inner, tree.parameters);
  resolveExpression(inner, tree.value);
  tellUnused(inner);
}

/** Resolves the statements between braces, in order. */
export function resolveBody(context: Context, body: Body): void {
  let here = context;
  for (const statement of body.statements) here = resolveStatement(here, statement);
}

/** Resolves one statement and gives the context of those behind it: only `default` changes it. */
function resolveStatement(context: Context, statement: Statement): Context {
  switch (statement.kind) {
    case 'chain':
      resolveChain(context, statement);
      return context;
    case 'default': {
      const found = opNamed(statement.layer.text);
      if (found === undefined) {
        tellUnknownLayer(context, statement.layer);
        return context;
      }
      bindDefaults(context, found.kind, statement.arguments);
      return { ...context, defaults: [...context.defaults, { op: found.kind, tree: statement }] };
    }
    case 'let':
      resolveLet(context, statement);
      declare(context, statement.name, statement.parameters === undefined ? 'constant' : 'function');
      return context;
    case 'assert': {
      const asks = { ...context, hasFigures: true };
      const { diagnostics, inAssertions } = context.gathered;
      const before = diagnostics.length;
      resolveExpression(asks, statement.condition);
      if (statement.why !== undefined) resolveExpression(context, statement.why);
      for (const found of diagnostics.slice(before)) inAssertions.add(found);
      if (diagnostics.length > before) context.gathered.brokenAssertions.add(statement);
      if (mentionsFigure(context, statement.condition)) context.gathered.figureAssertions.add(statement);
      return context;
    }
    case 'if':
      resolveIf(context, statement);
      return context;
    case 'repeat':
      resolveRepeat(context, statement);
      return context;
    case 'for':
      resolveFor(context, statement);
      return context;
    case 'from':
      resolveFrom(context, statement);
      return context;
    case 'share':
      resolveShare(context, statement);
      return context;
  }
}

function resolveChain(context: Context, chain: Chain): void {
  for (const step of chain.steps) {
    resolveStep(context, step);
    if (step.as !== undefined) declare(context, step.as, 'tensor');
  }
}

function resolveStep(context: Context, step: Step): void {
  switch (step.kind) {
    case 'layer':
      context.gathered.steps.set(step, bindStep(context, step));
      return;
    case 'call':
      bindCallTarget(context, step, false);
      return;
    case 'join': {
      const kind = joinNames.find((join) => join === step.name.text);
      if (kind === undefined) {
        tell(
          context,
          unknownLayer,
          { name: step.name.text },
          {
            span: step.name.span,
            help: `branches are joined by ${joinNames.map((name) => `\`${name}\``).join(', ')}`,
          },
        );
        context.gathered.steps.set(step, { kind: 'failed' });
      } else context.gathered.steps.set(step, bindLayer(context, kind, step));
      for (const branch of step.branches) resolveBody(context, branch);
    }
  }
}

function resolveIf(context: Context, statement: If): void {
  for (const { condition, body } of statement.branches) {
    resolveExpression(context, condition);
    resolveInside(context, body);
  }
  if (statement.otherwise !== undefined) resolveInside(context, statement.otherwise);
}

function resolveInside(
  context: Context,
  body: Body,
  names: readonly (readonly [Name, LocalKind])[] = [],
): void {
  const inner = { ...context, scope: innerScope(context.scope) };
  for (const [name, kind] of names) declare(inner, name, kind);
  resolveBody(inner, body);
}

function resolveRepeat(context: Context, statement: Repeat): void {
  resolveExpression(context, statement.count);
  resolveInside(context, statement.body, statement.as === undefined ? [] : [[statement.as, 'loop variable']]);
}

function resolveFor(context: Context, statement: For): void {
  resolveExpression(context, statement.list);
  resolveInside(
    context,
    statement.body,
    statement.names.map((name) => [name, 'loop variable']),
  );
}

function resolveFrom(context: Context, statement: From): void {
  for (const name of statement.names) {
    const meaning = meaningOf(context, name.text, name.span);
    if (meaning === undefined) {
      const tensors = visibleNames(context.scope, 'tensor');
      tell(
        context,
        notATensor,
        { name: name.text, kind: 'name that nothing has' },
        { span: name.span, ...offer(context, name.text, name.span, tensors) },
      );
    } else if (isDeclaration(meaning) || meaning.kind !== 'tensor') {
      const kind = isDeclaration(meaning) ? describeDeclaration(meaning) : meaning.kind;
      tell(context, notATensor, { name: name.text, kind }, { span: name.span });
    }
  }
  resolveBody(context, statement.body);
}

function resolveShare(context: Context, statement: Share): void {
  resolveBody(
    { ...context, scope: innerScope(context.scope), hasInput: true, isModel: false },
    statement.body,
  );
  declare(context, statement.name, 'shared part');
}
