import type { Span } from '../../diagnostics/source.js';
import type { Trail } from '../ir/graph.js';
import { limitExceeded } from '../resolve/problems.js';
import { unknown, type Value } from '../values/value.js';
import type { Exceeded } from './effort.js';
import { fail, type Evaluator } from './evaluator.js';

/** Says once that a text asks for more than is bearable; whatever is asked for after that is unknown. */
export function exhaust(
  evaluator: Pick<Evaluator, 'report' | 'effort'>,
  exceeded: Exceeded,
  span: Span,
  trail: Trail | undefined,
): Value {
  const { effort } = evaluator;
  if (effort.steps === Number.NEGATIVE_INFINITY) return unknown;
  effort.steps = Number.NEGATIVE_INFINITY;
  return fail(evaluator, limitExceeded, { ...exceeded, got: 'more' }, { span, trail });
}
