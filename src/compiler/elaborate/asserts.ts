import { textOf } from '../../diagnostics/source.js';
import type { Assert, Expression } from '../../parser/ast.js';
import { isUnknown, valueText } from '../values/kinds.js';
import { lookUp, type Environment } from './environment.js';
import { conditionOf, evaluate } from './evaluate.js';
import { fail } from './evaluator.js';
import { assertionFailed } from './problems.js';
import { type Expansion, type Place } from './state.js';

/** Evaluates an assertion, or keeps it until the figures are known. */
export function runAssert(expansion: Expansion, place: Place, statement: Assert): void {
  const { environment, frame, line } = place;
  const { evaluator } = expansion;
  if (evaluator.bindings.brokenAssertions.has(statement)) {
    expansion.settled.push({ tree: statement, passed: false });
    return;
  }
  if (evaluator.bindings.figureAssertions.has(statement)) {
    expansion.pending.push({ tree: statement, environment, scope: frame.scope, at: line.current });
    return;
  }
  const held = conditionOf(evaluator, statement.condition, environment);
  expansion.settled.push({ tree: statement, passed: held === true });
  if (held !== false) return;
  const why = statement.why === undefined ? undefined : evaluate(evaluator, statement.why, environment);
  const facts = {
    text: textOf(statement.condition.span),
    why: typeof why === 'string' ? why : undefined,
    facts: namedValues(environment, statement.condition),
  };
  fail(evaluator, assertionFailed, facts, { span: statement.span, trail: environment.trail });
}

/** `\`stride\` is 3`, for the names that a condition reads. */
function namedValues(environment: Environment, condition: Expression): string | undefined {
  const operands =
    condition.kind === 'operation'
      ? [condition.first, ...condition.rest.map(({ operand }) => operand)]
      : [condition];
  const parts = operands.flatMap((operand) => {
    if (operand.kind !== 'name-expression') return [];
    const value = lookUp(environment, operand.name);
    return value === undefined || isUnknown(value) ? [] : [`\`${operand.name}\` is ${valueText(value)}`];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}
