import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Assert, Expression } from '../parser/ast.js';
import { outermost } from './elaborate/environment.js';
import { evaluate } from './elaborate/evaluate.js';
import type { Evaluator } from './elaborate/evaluator.js';
import type { Bindings } from './resolve/bindings.js';
import { bindCallTarget } from './resolve/call.js';
import type { Context, Gathered } from './resolve/context.js';
import type { Declaration, Module } from './resolve/declarations.js';
import { mentionsFigure } from './resolve/mentions-figure.js';
import { resolveExpression } from './resolve/expression.js';
import { innerScope } from './resolve/scope.js';
import { unknown, type Value } from './values/value.js';

/** The value of an expression that stands in no block and in no model: its names are those of the file. */
export function valueApart(
  evaluator: Evaluator,
  owner: Declaration,
  expression: Expression,
  module: Module = owner.module,
): Value {
  const gathered = nothingGathered();
  const context = contextApart(gathered, module, owner);
  resolveExpression(context, expression);
  gathered.diagnostics.forEach(evaluator.report);
  if (gathered.diagnostics.length > 0) return unknown;
  return evaluate(withSteps(evaluator, gathered.steps), expression, outermost(module));
}

/** What is wrong with the names of an assertion that stands in no model, and whether it asks for any figure. */
export function resolveApart(
  module: Module,
  { condition, why }: Assert,
): { readonly diagnostics: readonly Diagnostic[]; readonly asksForFigures: boolean } {
  const gathered = nothingGathered();
  const [tree] = module.tree.items;
  if (tree?.kind !== 'model') throw new Error('an assertion apart stands in a model of its own');
  const context = contextApart(gathered, module, { kind: 'block', tree, module });
  resolveExpression({ ...context, hasFigures: true }, condition);
  if (why !== undefined) resolveExpression(context, why);
  return { diagnostics: gathered.diagnostics, asksForFigures: mentionsFigure(context, condition) };
}

function contextApart(gathered: Gathered, module: Module, owner: Declaration): Context {
  return {
    gathered,
    module,
    owner,
    scope: innerScope(undefined),
    defaults: [],
    hasInput: false,
    isModel: false,
    hasFigures: false,
  };
}

function nothingGathered(): Gathered {
  return {
    bindBlock: (context, value) => {
      bindCallTarget(context, value, true);
    },
    diagnostics: [],
    steps: new Map(),
    figureAssertions: new Set(),
    brokenAssertions: new Set(),
    inAssertions: new Set(),
    references: new Map(),
    used: new Set(),
  };
}

/** The functions of the file keep their blocks; the blocks of the expression itself come to them. */
function withSteps(evaluator: Evaluator, steps: Bindings['steps']): Evaluator {
  if (steps.size === 0) return evaluator;
  const { bindings } = evaluator;
  return { ...evaluator, bindings: { ...bindings, steps: new Map([...bindings.steps, ...steps]) } };
}
