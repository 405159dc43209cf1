import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Span } from '../diagnostics/source.js';
import type { Assert, Name } from '../parser/ast.js';
import { noBudget, overBudget, unknownBudget } from './budget-problems.js';
import { judge, type AssertionResult } from './elaborate/assertions.js';
import type { FigureSource } from './elaborate/shares.js';
import { outermost } from './elaborate/environment.js';
import type { Evaluator } from './elaborate/evaluator.js';
import { readOutsideText } from './outside-text.js';
import { resolveApart } from './value-apart.js';
import type { Module } from './resolve/declarations.js';

/** An assertion that was set outside of the source, read and checked. */
export interface Budget {
  /** As written: `macs <= 4.1G`. */
  readonly text: string;
  /** Where it was set: in a configuration, or on the command line. */
  readonly place: Span;
  readonly assertion: Assert;
  /** A file that holds nothing else: no name of a model's file stands in the way of a figure. */
  readonly module: Module;
  /** Moves what is found in its text to its place. */
  readonly moved: (found: Diagnostic) => Diagnostic;
}

/** A budget, or what is wrong with its text. */
export type ReadBudget =
  | { readonly kind: 'budget'; readonly budget: Budget }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] };

/** Reads a budget that stands at a place; what is wrong with it is shown there. */
export function readBudget(text: string, place: Span): ReadBudget {
  const { source, parsed, moved } = readOutsideText(text, place, ['model budget { assert ', '\n}\n']);
  if (parsed.diagnostics.length > 0)
    return { kind: 'wrong', diagnostics: parsed.diagnostics.slice(0, 1).map(moved) };
  const refuse = (why: string): ReadBudget => ({
    kind: 'wrong',
    diagnostics: [report(noBudget, place, { text, why })],
  });
  const [item, another] = parsed.tree.items;
  const [assertion, more] = item?.kind === 'model' ? item.body.statements : [];
  if (assertion?.kind !== 'assert' || more !== undefined || another !== undefined)
    return refuse('one condition is expected');
  const module: Module = {
    id: source.name,
    source,
    tree: parsed.tree,
    names: new Map(),
    trainings: [],
    variants: [],
    lost: undefined,
    missing: new Set(),
  };
  const found = resolveApart(module, assertion);
  if (found.diagnostics.length > 0) return { kind: 'wrong', diagnostics: found.diagnostics.map(moved) };
  if (!found.asksForFigures) return refuse('it asks for no figure of a model');
  return { kind: 'budget', budget: { text, place, assertion, module, moved } };
}

/** What became of the budgets of a model, and what is said of those that it doesn't keep to, at its name. */
export interface SettledBudgets {
  readonly results: readonly AssertionResult[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Evaluates the budgets of a model over its figures; one that could not be evaluated is not kept. */
export function settleBudgets(
  budgets: readonly Budget[],
  model: Name,
  evaluator: Evaluator,
  figures: FigureSource | undefined,
): SettledBudgets {
  const diagnostics: Diagnostic[] = [];
  const results = budgets.map((budget): AssertionResult => {
    const { text, place, assertion, module, moved } = budget;
    const failed = { text, span: place, actual: undefined, limit: undefined, passed: false };
    if (figures === undefined) return failed;
    const asking = { ...evaluator, report: (found: Diagnostic) => void diagnostics.push(moved(found)) };
    const pending = { tree: assertion, environment: outermost(module), scope: 0, at: undefined };
    const { result, complaint } = judge(asking, pending, figures);
    const facts = { model: model.text, text };
    const where = { span: place, label: 'the budget' };
    if (complaint?.kind === 'unknown')
      diagnostics.push(
        report(unknownBudget, model.span, { ...facts, why: complaint.why }, { related: [where] }),
      );
    if (complaint?.kind === 'failed')
      diagnostics.push(
        report(
          overBudget,
          model.span,
          { ...facts, facts: complaint.facts, why: complaint.why },
          { related: [where, ...complaint.related] },
        ),
      );
    return { ...result, span: place };
  });
  return { results, diagnostics };
}
