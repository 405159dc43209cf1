import type { Body, Expression, Statement } from '../../parser/ast.js';
import { add, compare, isOpen, multiply, subtract, type Exact } from '../values/exact.js';
import { isNumber } from '../values/kinds.js';
import type { Value } from '../values/value.js';
import { silently } from './effort.js';
import { inner, type Environment } from './environment.js';
import { evaluate } from './evaluate.js';
import type { Evaluator } from './evaluator.js';

/**
 * How many layers a body expands to at least, from the bounds of its loops, without unrolling them. What isn't known
 * before (bounds that depend on a loop's variable or on a shape, branches of an `if`, what blocks expand to) counts
 * as little as it can be: a bound, so that what exceeds a limit here really does.
 */
export function leastLayers(evaluator: Evaluator, body: Body, environment: Environment): LeastLayers {
  const counting: Counting = { evaluator: silently(evaluator), isExact: true };
  const own = inner(environment);
  let layers: Exact = 0;
  let largest: Exact = 0;
  let most: Statement | undefined;
  for (const statement of body.statements) {
    const count = ofStatement(counting, statement, own);
    layers = add(layers, count);
    if (compare(count, largest) !== 1) continue;
    largest = count;
    most = statement;
  }
  return { layers, most, isExact: counting.isExact };
}

/** A lower bound, and the statement that has the largest part of it. */
export interface LeastLayers {
  readonly layers: Exact;
  readonly most: Statement | undefined;
  /** True where nothing was left out. */
  readonly isExact: boolean;
}

/** A count in the making. */
interface Counting {
  readonly evaluator: Evaluator;
  isExact: boolean;
}

function ofBody(counting: Counting, body: Body, environment: Environment): Exact {
  return body.statements.reduce<Exact>(
    (total, statement) => add(total, ofStatement(counting, statement, environment)),
    0,
  );
}

function ofStatement(counting: Counting, statement: Statement, environment: Environment): Exact {
  switch (statement.kind) {
    case 'chain':
      return statement.steps.reduce<Exact>(
        (total, step) => add(total, ofStep(counting, step, environment)),
        0,
      );
    case 'repeat': {
      const own = inner(environment);
      if (statement.as !== undefined) own.names.set(statement.as.text, { kind: 'unknown' });
      return multiply(rounds(counting, statement.count, environment), ofBody(counting, statement.body, own));
    }
    case 'for': {
      const own = inner(environment);
      for (const name of statement.names) own.names.set(name.text, { kind: 'unknown' });
      return multiply(items(counting, statement.list, environment), ofBody(counting, statement.body, own));
    }
    case 'let':
      if (statement.parameters === undefined) {
        environment.names.set(
          statement.name.text,
          evaluate(counting.evaluator, statement.value, environment),
        );
      }
      return 0;
    case 'from':
      return ofBody(counting, statement.body, environment);
    case 'if':
      return unknownCount(counting);
    case 'default':
    case 'assert':
    case 'share':
      return 0;
  }
}

function ofStep(
  counting: Counting,
  step: Extract<Statement, { kind: 'chain' }>['steps'][number],
  environment: Environment,
): Exact {
  switch (step.kind) {
    case 'layer':
      return counting.evaluator.bindings.steps.get(step)?.kind === 'layer' ? 1 : 0;
    case 'join':
      return step.branches.reduce<Exact>(
        (total, branch) => add(total, ofBody(counting, branch, environment)),
        1,
      );
    case 'call':
      return unknownCount(counting);
  }
}

function rounds(counting: Counting, count: Expression, environment: Environment): Exact {
  const value = evaluate(counting.evaluator, count, environment);
  if (!isNumber(value) || isOpen(value)) return unknownCount(counting);
  return compare(value, 0) === 1 ? value : 0;
}

function items(counting: Counting, list: Expression, environment: Environment): Exact {
  const value: Value = evaluate(counting.evaluator, list, environment);
  if (typeof value !== 'object') return unknownCount(counting);
  if (value.kind === 'list') return value.items.length;
  if (value.kind !== 'range') return unknownCount(counting);
  const length = subtract(value.to, value.from);
  return isOpen(length) || compare(length, 0) !== 1 ? 0 : length;
}

/** Counts as little as it can be, and notes that it may be more. */
function unknownCount(counting: Counting): Exact {
  counting.isExact = false;
  return 0;
}
