import { textOf, type Span } from '../../diagnostics/source.js';
import type { Related } from '../../diagnostics/diagnostic.js';
import type { Operation } from '../../parser/ast.js';
import { absolute, subtract, toGrouped, compare } from '../values/exact.js';
import { isNumber, isUnknown, valueText } from '../values/kinds.js';
import type { Value } from '../values/value.js';
import { conditionOf, evaluate } from './evaluate.js';
import { silently } from './effort.js';
import { fail, type Evaluator } from './evaluator.js';
import { assertionFailed, assertionUnknown } from './problems.js';
import type { Elaborated } from './elaborate.js';
import { largestShares, type AskedFigure, type FigureSource } from './shares.js';
import type { PendingAssertion, SettledAssertion } from './state.js';

/** What became of one assertion. */
export interface AssertionResult {
  /** As written: `params <= 25M`. */
  readonly text: string;
  readonly span: Span;
  /** The two sides of the comparison, where it is one. */
  readonly actual: Value | undefined;
  readonly limit: Value | undefined;
  readonly passed: boolean;
}

/** The assertions of a model without a graph: what could not be evaluated has failed. */
export function unsettled(elaborated: Elaborated): readonly AssertionResult[] {
  return [...elaborated.settled, ...elaborated.pending.map(({ tree }) => ({ tree, passed: false }))].map(
    withoutSides,
  );
}

function withoutSides({ tree, passed }: SettledAssertion): AssertionResult {
  return { text: textOf(tree.condition.span), span: tree.span, actual: undefined, limit: undefined, passed };
}

/** Evaluates the assertions that waited for the figures; each that doesn't hold, or has no value, is reported. */
export function settleAssertions(elaborated: Elaborated, figures: FigureSource): readonly AssertionResult[] {
  const settled = elaborated.settled.map(withoutSides);
  return [...settled, ...elaborated.pending.map((pending) => settle(elaborated.evaluator, pending, figures))];
}

function settle(evaluator: Evaluator, pending: PendingAssertion, figures: FigureSource): AssertionResult {
  const { result, complaint } = judge(evaluator, pending, figures);
  const { tree, environment } = pending;
  const place = { span: tree.span, trail: environment.trail };
  switch (complaint?.kind) {
    case 'unknown':
      fail(evaluator, assertionUnknown, { text: result.text, why: complaint.why }, place);
      break;
    case 'failed':
      fail(
        evaluator,
        assertionFailed,
        { text: result.text, why: complaint.why, facts: complaint.facts },
        { ...place, related: complaint.related },
      );
      break;
    case undefined:
  }
  return result;
}

/** What became of an assertion, and what is to be said of it where it didn't pass and nothing was said yet. */
export interface Judgement {
  readonly result: AssertionResult;
  readonly complaint?:
    | { readonly kind: 'unknown'; readonly why: string }
    | {
        readonly kind: 'failed';
        readonly why: string | undefined;
        /** Both sides and their difference, where it is a comparison. */
        readonly facts: string | undefined;
        /** The largest shares. */
        readonly related: readonly Related[];
      };
}

/** Evaluates an assertion over the figures; a mistake in its terms is reported, whether it holds is for the caller to say. */
export function judge(evaluator: Evaluator, pending: PendingAssertion, figures: FigureSource): Judgement {
  const { tree, environment, scope } = pending;
  const text = textOf(tree.condition.span);
  let problemOfFigure: string | undefined;
  const asked: AskedFigure[] = [];
  const asking: Evaluator = {
    ...evaluator,
    figures: (name, part, settings) => {
      const value = figures.value(scope, name, part, settings);
      asked.push({ of: scope, name, part, settings });
      if (typeof value !== 'object' || value.kind !== 'unavailable') return value;
      problemOfFigure ??= value.why;
      return { kind: 'unknown' };
    },
    figuresOf: (tensor, name) => {
      asked.push({ of: tensor, name, part: undefined, settings: new Map() });
      return figures.ofTensor(tensor, name);
    },
  };
  const sides = sidesOf(tree.condition.kind === 'operation' ? tree.condition : undefined);
  const held = conditionOf(asking, tree.condition, environment);
  // Both sides are looked at once more for the report; what they complain about has been said.
  const [actual, limit] = (sides ?? []).map((side) => known(evaluate(silently(asking), side, environment)));
  const result = { text, span: tree.span, actual, limit, passed: held === true };
  if (held === true) return { result };
  if (held === undefined) {
    return problemOfFigure === undefined
      ? { result }
      : { result, complaint: { kind: 'unknown', why: problemOfFigure } };
  }
  const why = tree.why === undefined ? undefined : evaluate(evaluator, tree.why, environment);
  const complaint = {
    kind: 'failed',
    why: typeof why === 'string' ? why : undefined,
    facts: comparison(sides?.[0], actual, limit),
    related: largestShares(figures, asked),
  } as const;
  return { result, complaint };
}

function sidesOf(
  condition: Operation | undefined,
): readonly [Operation['first'], Operation['first']] | undefined {
  const [only, ...more] = condition?.rest ?? [];
  if (condition === undefined || only === undefined || more.length > 0) return undefined;
  return ['==', '!=', '<', '<=', '>', '>='].includes(only.operator)
    ? [condition.first, only.operand]
    : undefined;
}

function known(value: Value): Value | undefined {
  return isUnknown(value) ? undefined : value;
}

/** `params is 25,557,032, which is 557,032 more than 25,000,000`. */
function comparison(
  side: Operation['first'] | undefined,
  actual: Value | undefined,
  limit: Value | undefined,
): string | undefined {
  if (side === undefined || actual === undefined || limit === undefined) return undefined;
  const name = textOf(side.span);
  if (!isNumber(actual) || !isNumber(limit))
    return `\`${name}\` is ${valueText(actual)}, against ${valueText(limit)}`;
  const order = compare(actual, limit);
  if (order === undefined || order === 0) return `\`${name}\` is ${toGrouped(actual)}`;
  const difference = toGrouped(absolute(subtract(actual, limit)));
  return `\`${name}\` is ${toGrouped(actual)}, ${difference} ${order > 0 ? 'more' : 'less'} than ${toGrouped(limit)}`;
}
